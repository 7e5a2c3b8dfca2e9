import { z } from 'zod';
import { planProposal } from '#lib/usecases/plan-proposal.ts';
import { proposeKit } from '#lib/usecases/propose-kit.ts';
import { readBody } from '../../../../body.ts';
import { respond } from '../../../../respond.ts';

const paths = z.array(z.string().max(4096)).max(1000);
const bodySchema = z.union([
  z.strictObject({
    dryRun: z.literal(true),
    source: z.string().max(200).optional(),
    files: paths.optional(),
  }),
  z.strictObject({
    source: z.string().max(200),
    address: z.string().max(4000),
    base: z.string().max(64),
    branch: z.string().max(100),
    files: paths,
    title: z.string().max(2000),
    text: z.string().max(200_000),
    token: z.string().max(8192).nullable(),
  }),
]);

interface Context {
  readonly params: Promise<{ readonly launch: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { launch } = await params;
  const body = await readBody(request, bodySchema);
  if (!body.ok) return respond(body);
  if ('dryRun' in body.value) return respond(await planProposal(launch, body.value));
  return respond(await proposeKit(launch, body.value));
}
