import { receiveHook } from '#lib/usecases/receive-hook.ts';
import { respond } from '../../respond.ts';

interface Context {
  readonly params: Promise<{ readonly key: string }>;
}

/** A vendor's webhook. Its body is taken as bytes: parsed and written again it would have another signature. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { key } = await params;
  return respond(await receiveHook(key, { headers: request.headers, body: request.body ?? [] }), 202);
}
