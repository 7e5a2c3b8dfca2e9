import { TopBar } from '#components/frame/top-bar.tsx';
import { LaunchesScreen } from '#components/launches/launches-screen.tsx';
import { launchesKey } from '#lib/queries/keys.ts';
import { viewLaunches } from '#lib/usecases/view-launches.ts';
import { Hydrated } from './hydrated.tsx';

export default async function LaunchesPage() {
  return (
    <>
      <TopBar launch={null} />
      <Hydrated queryKey={launchesKey} result={await viewLaunches()}>
        <LaunchesScreen />
      </Hydrated>
    </>
  );
}
