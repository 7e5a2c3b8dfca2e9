import { z } from 'zod';
import { testSource } from '#lib/usecases/test-source.ts';
import { readBody } from '../../../body.ts';
import { respond } from '../../../respond.ts';

const bodySchema = z.strictObject({});

interface Context {
  readonly params: Promise<{ readonly key: string }>;
}

export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { key } = await params;
  const body = await readBody(request, bodySchema);
  return respond(body.ok ? await testSource(key) : body);
}
