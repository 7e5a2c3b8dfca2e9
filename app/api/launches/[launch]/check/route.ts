import { z } from 'zod';
import { requestCheck } from '#lib/usecases/request-check.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

const bodySchema = z.strictObject({
  scope: z.strictObject({ item: z.string().exactOptional(), track: z.string().exactOptional() }),
});

export async function POST(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const body = await readBody(request, bodySchema);
  return respond(body.ok ? await requestCheck((await params).launch, body.value.scope) : body);
}
