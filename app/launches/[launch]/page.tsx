import { BoardScreen } from '#components/board/board-screen.tsx';
import { boardKey } from '#lib/queries/keys.ts';
import { Hydrated } from '../../hydrated.tsx';
import { boardOnce } from './views.ts';

interface Props {
  readonly params: Promise<{ readonly launch: string }>;
}

export default async function BoardPage({ params }: Props) {
  const { launch } = await params;
  return (
    <Hydrated queryKey={boardKey(launch)} result={await boardOnce(launch)}>
      <BoardScreen launch={launch} />
    </Hydrated>
  );
}
