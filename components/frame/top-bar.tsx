'use client';

import Link from 'next/link';
import { usePathname, useRouter } from 'next/navigation';
import { lazy, Suspense, useState } from 'react';
import { useKeys } from '#components/keys/bindings.ts';
import { useFindKey } from '#components/keys/find-key.ts';

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
  const findKey = useFindKey();
  const screens = launch ? screensOf(launch.id) : [];
  const close = () => setOpen(null);
  useKeys({
    'mod+k': () => setOpen((now) => (now === 'find' ? null : 'find')),
    '?': () => setOpen('keys'),
    'g l': () => router.push('/'),
    'g s': () => router.push('/settings/sources'),
    ...Object.fromEntries(screens.map(({ key, href }) => [`g ${key}`, () => router.push(href)])),
  });
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="top">
        <Link className="brand" href="/">
          <i aria-hidden="true" />
          Big Green
        </Link>
        {launch ? (
          <Link className="top-launch clip" href={`/launches/${launch.id}`}>
            {launch.title}
          </Link>
        ) : null}
        {launch ? <LaunchNav screens={screens} /> : null}
        <div className="top-end">
          <Link className="button button-ghost" href="/settings/sources">
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

interface Screen {
  readonly title: string;
  readonly key: string;
  readonly href: string;
  /** Addresses below this one belong to the screen too. */
  readonly holds: string | null;
}

function screensOf(launch: string): readonly Screen[] {
  const base = `/launches/${launch}`;
  return [
    { title: 'Board', key: 'b', href: base, holds: `${base}/items/` },
    { title: 'Coverage', key: 'c', href: `${base}/coverage`, holds: null },
    { title: 'CI', key: 'i', href: `${base}/ci`, holds: null },
    { title: 'Dashboards', key: 'd', href: `${base}/dashboards`, holds: null },
    { title: 'Kit', key: 'k', href: `${base}/kit`, holds: null },
  ];
}

function LaunchNav({ screens }: { readonly screens: readonly Screen[] }) {
  const pathname = usePathname();
  return (
    <nav className="nav" aria-label="Launch">
      {screens.map(({ title, href, holds }) => {
        const isCurrent = pathname === href || (holds !== null && pathname.startsWith(holds));
        return (
          <Link key={href} href={href} {...(isCurrent ? { 'aria-current': 'page' as const } : {})}>
            {title}
          </Link>
        );
      })}
    </nav>
  );
}
