import { RunbooksScreen } from '#components/runbooks/runbooks-screen.tsx';
import { runbooksKey } from '#lib/queries/keys.ts';
import { viewRunbooks } from '#lib/usecases/view-runbooks.ts';
import { Hydrated } from '../../../hydrated.tsx';

interface Props {
  readonly params: Promise<{ readonly launch: string }>;
}

export default async function RunbooksPage({ params }: Props) {
  const { launch } = await params;
  return (
    <Hydrated queryKey={runbooksKey(launch)} result={await viewRunbooks(launch)}>
      <RunbooksScreen launch={launch} />
    </Hydrated>
  );
}
