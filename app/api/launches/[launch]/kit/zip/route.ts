import { downloadKitZip } from '#lib/usecases/download-kit.ts';
import { respondDownload } from '../../../../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  return respondDownload(await downloadKitZip((await params).launch));
}
