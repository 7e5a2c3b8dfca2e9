'use client';
export function CoverageScreen(_: { launch?: string; item?: string }) {
  return <main id="main" />;
}
