'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import { useKeys } from '#components/keys/bindings.ts';
import { useFindKey } from '#components/keys/find-key.ts';
import { launchScreens } from './screens.ts';

const Palette = lazy(() => import('#components/palette/palette.tsx').then((m) => ({ default: m.Palette })));
const KeysDialog = lazy(() =>
  import('#components/keys/keys-dialog.tsx').then((m) => ({ default: m.KeysDialog })),
);

interface Props {
  /** The launch whose screens the bar leads to; null on the Launches screen. */
  readonly launch: { readonly id: string; readonly title: string } | null;
}

/** The bar of every screen: where one is, where one can go, and find. */
export function TopBar({ launch }: Props) {
  const [open, setOpen] = useState<'find' | 'keys' | null>(null);
  const router = useRouter();
  const pathname = usePathname();
  const findKey = useFindKey();
  const base = launch ? `/launches/${launch.id}` : null;
  const close = () => setOpen(null);
  useKeys({
    'mod+k': () => setOpen((now) => (now === 'find' ? null : 'find')),
    '?': () => setOpen('keys'),
    'g l': () => router.push('/'),
    'g s': () => router.push('/settings/sources'),
    ...(base === null
      ? {}
      : Object.fromEntries(
          launchScreens.map(({ key, path }) => [`g ${key}`, () => router.push(base + path)]),
        )),
  });
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="top">
        <Link className="brand" href="/">
          <i aria-hidden="true" />
          <span className="brand-name">Big Green</span>
        </Link>
        {launch ? (
          <Link className="top-launch clip" href={`/launches/${launch.id}`}>
            {launch.title}
          </Link>
        ) : null}
        {base === null ? null : <LaunchNav base={base} />}
        <div className="top-end">
          <Link
            className="button button-ghost"
            href="/settings/sources"
            {...(pathname === '/settings/sources' ? { 'aria-current': 'page' as const } : {})}
          >
            Sources
          </Link>
          <button type="button" className="button button-ghost" onClick={() => setOpen('find')}>
            <span className="label">Find</span>
            <kbd className="min-w-11">{findKey}</kbd>
          </button>
          <button
            type="button"
            className="button button-ghost max-sm:hidden"
            aria-label="Keys"
            onClick={() => setOpen('keys')}
          >
            <kbd>?</kbd>
          </button>
        </div>
      </header>
      <Suspense>
        {open === 'find' ? <Palette launch={launch} onClose={close} onKeys={() => setOpen('keys')} /> : null}
        {open === 'keys' ? <KeysDialog onClose={close} /> : null}
      </Suspense>
    </>
  );
}

/** Where the bar is wider than the window, it is scrolled sideways to where one is; the page stays. */
function intoSight(link: HTMLAnchorElement | null): void {
  const nav = link?.parentElement;
  if (!link || !nav) return;
  const [at, room] = [link.getBoundingClientRect(), nav.getBoundingClientRect()];
  nav.scrollLeft += at.left - room.left - (room.width - at.width) / 2;
}

function LaunchNav({ base }: { readonly base: string }) {
  const pathname = usePathname();
  return (
    <nav className="nav" aria-label="Launch">
      {launchScreens.map(({ title, path }) => {
        const href = base + path;
        // An item is opened from the board, and belongs to it.
        const isCurrent = pathname === href || (path === '' && pathname.startsWith(`${base}/items/`));
        return (
          <Link
            key={href}
            href={href}
            {...(isCurrent ? { 'aria-current': 'page' as const, ref: intoSight } : {})}
          >
            {title}
          </Link>
        );
      })}
    </nav>
  );
}
