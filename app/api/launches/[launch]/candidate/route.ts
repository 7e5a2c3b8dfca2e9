import { z } from 'zod';
import { pinCandidate } from '#lib/usecases/pin-candidate.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

const bodySchema = z.strictObject({
  ref: z.string().min(1).exactOptional(),
  commit: z.string().min(1).exactOptional(),
  dryRun: z.boolean().exactOptional(),
});

export async function POST(
  request: Request,
  { params }: { params: Promise<{ launch: string }> },
): Promise<Response> {
  const body = await readBody(request, bodySchema);
  if (!body.ok) return respond(body);
  const { commit, ref = commit, dryRun } = body.value;
  const input = { ...(ref ? { ref } : {}), ...(dryRun ? { dryRun } : {}) };
  return respond(await pinCandidate((await params).launch, input));
}
