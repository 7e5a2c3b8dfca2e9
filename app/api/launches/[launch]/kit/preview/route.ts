import { previewDashboard, readSpan } from '#lib/usecases/preview-dashboard.ts';
import { respond } from '../../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const span = readSpan(searchParams.get('over') ?? '1h');
  const dashboard = searchParams.get('dashboard') ?? '';
  return respond(span.ok ? await previewDashboard((await params).launch, dashboard, span.value) : span);
}
