'use client';
export function LaunchesScreen(_: { launch?: string; item?: string }) {
  return <main id="main" />;
}
