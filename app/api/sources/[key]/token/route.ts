import { z } from 'zod';
import { setSourceToken } from '#lib/usecases/source-token.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';

const bodySchema = z.strictObject({ token: z.string().max(8192).nullable() });

interface Context {
  readonly params: Promise<{ readonly key: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { key } = await params;
  const body = await readBody(request, bodySchema);
  return respond(body.ok ? await setSourceToken(key, body.value.token) : body);
}
