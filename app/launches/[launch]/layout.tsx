import type { ReactNode } from 'react';
import { TopBar } from '#components/frame/top-bar.tsx';
import { boardOnce } from './views.ts';

interface Props {
  readonly params: Promise<{ readonly launch: string }>;
  readonly children: ReactNode;
}

export default async function LaunchLayout({ params, children }: Props) {
  const { launch: id } = await params;
  const board = await boardOnce(id);
  return (
    <>
      <TopBar launch={board.ok ? { id, title: board.value.launch.title } : null} />
      {children}
    </>
  );
}
