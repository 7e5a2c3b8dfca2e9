import { viewItem } from '#lib/usecases/view-item.ts';
import { respond } from '../../../../respond.ts';

export const dynamic = 'force-dynamic';

type Params = { params: Promise<{ launch: string; item: string }> };

export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const { launch, item } = await params;
  return respond(await viewItem(launch, item));
}
