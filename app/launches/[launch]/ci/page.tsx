import { CiScreen } from '#components/ci/ci-screen.tsx';
import { ciKey } from '#lib/queries/keys.ts';
import { viewCi } from '#lib/usecases/view-ci.ts';
import { Hydrated } from '../../../hydrated.tsx';

interface Props {
  readonly params: Promise<{ readonly launch: string }>;
}

export default async function CiPage({ params }: Props) {
  const { launch } = await params;
  return (
    <Hydrated queryKey={ciKey(launch)} result={await viewCi(launch)}>
      <CiScreen launch={launch} />
    </Hydrated>
  );
}
