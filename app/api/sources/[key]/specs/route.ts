import { viewSourceSpecs } from '#lib/usecases/view-source-specs.ts';
import { respond } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

interface Context {
  readonly params: Promise<{ readonly key: string }>;
}

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  return respond(await viewSourceSpecs((await params).key));
}
