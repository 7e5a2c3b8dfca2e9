'use client';
export function ItemScreen(_: { launch?: string; item?: string }) {
  return <main id="main" />;
}
