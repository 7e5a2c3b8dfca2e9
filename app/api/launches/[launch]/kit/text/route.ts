import { viewKitTexts } from '#lib/usecases/view-kit.ts';
import { respond } from '../../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const path = new URL(request.url).searchParams.get('path') ?? '';
  return respond(await viewKitTexts((await params).launch, path));
}
