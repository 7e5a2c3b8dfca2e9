import { viewSources } from '#lib/usecases/view-sources.ts';
import { respond } from '../respond.ts';

export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  return respond(await viewSources());
}
