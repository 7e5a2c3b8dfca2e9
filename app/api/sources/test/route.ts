import { testAddress } from '#lib/usecases/test-source.ts';
import { readBody } from '../../body.ts';
import { respond } from '../../respond.ts';
import { addressToTestSchema } from '../bodies.ts';

export async function POST(request: Request): Promise<Response> {
  const body = await readBody(request, addressToTestSchema);
  return respond(body.ok ? await testAddress(body.value) : body);
}
