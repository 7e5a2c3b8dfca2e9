import { viewCi } from '#lib/usecases/view-ci.ts';
import { respond } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  return respond(await viewCi((await params).launch));
}
