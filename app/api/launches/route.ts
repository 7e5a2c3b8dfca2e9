import { z } from 'zod';
import { beginLaunch } from '#lib/usecases/begin-launch.ts';
import { viewLaunches } from '#lib/usecases/view-launches.ts';
import { readBody } from '../body.ts';
import { respond } from '../respond.ts';

export const dynamic = 'force-dynamic';

const addresses = z.record(z.string(), z.string()).exactOptional();
const bodySchema = z.union([
  z.strictObject({ shipped: z.string(), addresses }),
  z.strictObject({ text: z.string(), name: z.string(), addresses }),
  z.strictObject({ repository: z.string(), path: z.string(), ref: z.string().exactOptional(), addresses }),
]);

export async function GET(): Promise<Response> {
  return respond(await viewLaunches());
}

export async function POST(request: Request): Promise<Response> {
  const body = await readBody(request, bodySchema);
  return respond(body.ok ? await beginLaunch(body.value) : body);
}
