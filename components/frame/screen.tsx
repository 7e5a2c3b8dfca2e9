'use client';

import type { ReactNode } from 'react';
import { BehindStrip } from '#components/live/behind-strip.tsx';
import type { ScreenView } from '#lib/domain/view.ts';

/** What a screen is given: its view-model, and what became of the newest asking for it. */
export interface ScreenProps<T extends ScreenView> {
  readonly view: T;
  readonly failed: Parameters<typeof BehindStrip>[0]['failed'];
}

interface Props extends ScreenProps<ScreenView> {
  readonly children: ReactNode;
}

/** A screen of a launch: its title in the tab, and whether what stands on it is behind. */
export function Screen({ view, failed, children }: Props) {
  return (
    <main id="main" className="page">
      <title>{`${view.title} · ${view.launch.title}`}</title>
      <BehindStrip failed={failed} />
      {children}
    </main>
  );
}
