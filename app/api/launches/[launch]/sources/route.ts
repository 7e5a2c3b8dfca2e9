import { changeSource, previewSourceChange } from '#lib/usecases/change-source.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';
import { sourceChangeSchema } from '../../../sources/bodies.ts';

interface Context {
  readonly params: Promise<{ readonly launch: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { launch } = await params;
  const body = await readBody(request, sourceChangeSchema);
  if (!body.ok) return respond(body);
  const { dryRun, token, ...rest } = body.value;
  const change = { launch, ...rest };
  return dryRun
    ? respond(await previewSourceChange(change))
    : respond(await changeSource({ ...change, token }));
}
