import { DashboardsScreen } from '#components/dashboards/dashboards-screen.tsx';
import { dashboardsKey } from '#lib/queries/keys.ts';
import { viewDashboards } from '#lib/usecases/view-dashboards.ts';
import { Hydrated } from '../../../hydrated.tsx';

interface Props {
  readonly params: Promise<{ readonly launch: string }>;
}

export default async function DashboardsPage({ params }: Props) {
  const { launch } = await params;
  return (
    <Hydrated queryKey={dashboardsKey(launch)} result={await viewDashboards(launch)}>
      <DashboardsScreen launch={launch} />
    </Hydrated>
  );
}
