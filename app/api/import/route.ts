import { z } from 'zod';
import { readImport } from '#lib/usecases/long-reading.ts';
import { readBody } from '../body.ts';
import { respond } from '../respond.ts';

export const dynamic = 'force-dynamic';

const documentSchema = z.strictObject({ content: z.string(), name: z.string() });
const bodySchema = z.strictObject({
  document: documentSchema,
  previous: documentSchema.exactOptional(),
  id: z.string().exactOptional(),
  title: z.string().exactOptional(),
  targetAt: z.string().exactOptional(),
});

export async function POST(request: Request): Promise<Response> {
  const body = await readBody(request, bodySchema);
  return respond(body.ok ? await readImport(body.value, request.signal) : body);
}
