import { KitScreen } from '#components/kit/kit-screen.tsx';
import { kitKey } from '#lib/queries/keys.ts';
import { viewKit } from '#lib/usecases/view-kit.ts';
import { Hydrated } from '../../../hydrated.tsx';

interface Props {
  readonly params: Promise<{ readonly launch: string }>;
}

export default async function KitPage({ params }: Props) {
  const { launch } = await params;
  return (
    <Hydrated queryKey={kitKey(launch)} result={await viewKit(launch)}>
      <KitScreen launch={launch} />
    </Hydrated>
  );
}
