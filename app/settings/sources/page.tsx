import { TopBar } from '#components/frame/top-bar.tsx';
import { SourcesScreen } from '#components/settings/sources-screen.tsx';
import { sourcesKey } from '#lib/queries/keys.ts';
import { viewSources } from '#lib/usecases/view-sources.ts';
import { Hydrated } from '../../hydrated.tsx';

export default async function SourcesPage() {
  return (
    <>
      <TopBar launch={null} />
      <Hydrated queryKey={sourcesKey} result={await viewSources()}>
        <SourcesScreen />
      </Hydrated>
    </>
  );
}
