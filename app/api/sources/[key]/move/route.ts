import { moveSource } from '#lib/usecases/move-source.ts';
import { previewMove } from '#lib/usecases/preview-move.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';
import { moveSchema } from '../../bodies.ts';

interface Context {
  readonly params: Promise<{ readonly key: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { key } = await params;
  const body = await readBody(request, moveSchema);
  if (!body.ok) return respond(body);
  const { dryRun, ...move } = body.value;
  return dryRun ? respond(await previewMove(key, move)) : respond(await moveSource(key, move));
}
