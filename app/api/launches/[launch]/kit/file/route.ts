import { downloadKitFile } from '#lib/usecases/download-kit.ts';
import { respondDownload } from '../../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const path = new URL(request.url).searchParams.get('path') ?? '';
  return respondDownload(await downloadKitFile((await params).launch, path));
}
