import { viewRunbooks } from '#lib/usecases/view-runbooks.ts';
import { respond } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  return respond(await viewRunbooks((await params).launch));
}
