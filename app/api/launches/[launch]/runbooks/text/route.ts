import { viewRunbookText } from '#lib/usecases/view-runbook-text.ts';
import { respond } from '../../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const runbook = new URL(request.url).searchParams.get('runbook') ?? '';
  return respond(await viewRunbookText({ launch: (await params).launch, runbook }, request.signal));
}
