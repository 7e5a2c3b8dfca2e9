import { boardText } from '#lib/usecases/view-board.ts';
import { respondText } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  return respondText(await boardText((await params).launch));
}
