import { CoverageScreen } from '#components/coverage/coverage-screen.tsx';
import { coverageKey } from '#lib/queries/keys.ts';
import { viewCoverage } from '#lib/usecases/view-coverage.ts';
import { Hydrated } from '../../../hydrated.tsx';

interface Props {
  readonly params: Promise<{ readonly launch: string }>;
}

export default async function CoveragePage({ params }: Props) {
  const { launch } = await params;
  return (
    <Hydrated queryKey={coverageKey(launch)} result={await viewCoverage(launch)}>
      <CoverageScreen launch={launch} />
    </Hydrated>
  );
}
