import { z } from 'zod';
import { switchSource } from '#lib/usecases/switch-source.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';

const bodySchema = z.strictObject({ to: z.enum(['on', 'off']) });

interface Context {
  readonly params: Promise<{ readonly key: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { key } = await params;
  const body = await readBody(request, bodySchema);
  return respond(body.ok ? await switchSource(key, body.value.to) : body);
}
