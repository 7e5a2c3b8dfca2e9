import { z } from 'zod';
import { removeSourceHook, setSourceHook } from '#lib/usecases/source-hook.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';

const bodySchema = z.strictObject({ to: z.enum(['new', 'none']) });

interface Context {
  readonly params: Promise<{ readonly key: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { key } = await params;
  const body = await readBody(request, bodySchema);
  if (!body.ok) return respond(body);
  if (body.value.to === 'new') return respond(await setSourceHook(key));
  return respond(await removeSourceHook(key));
}
