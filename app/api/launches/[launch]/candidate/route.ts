import { z } from 'zod';
import { pinCandidate } from '#lib/usecases/pin-candidate.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

const bodySchema = z.strictObject({
  ref: z.string().min(1).exactOptional(),
  commit: z
    .string()
    .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/i, 'a commit is 40 (or 64) hexadecimal digits')
    .toLowerCase()
    .exactOptional(),
  dryRun: z.boolean().exactOptional(),
});

export async function POST(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const body = await readBody(request, bodySchema);
  if (!body.ok) return respond(body);
  return respond(await pinCandidate((await params).launch, body.value));
}
