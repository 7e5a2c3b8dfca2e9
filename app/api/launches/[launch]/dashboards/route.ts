import { viewDashboards } from '#lib/usecases/view-dashboards.ts';
import { respond } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  return respond(await viewDashboards((await params).launch));
}
