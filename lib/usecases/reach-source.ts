import type { Result } from '#lib/domain/problem.ts';
import type { SourceContext } from '#lib/domain/question.ts';
import type { SourceSpec } from '#lib/domain/spec.ts';
import type { House } from '#lib/server/house.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { refusal } from './problems.ts';
import { quietUntil } from './quiet-time.ts';
import { credentialOf } from './source-token.ts';

/** A source at the address that this installation has, and what asking it takes. */
export interface ReachedSource {
  readonly source: SourceSpec;
  readonly context: SourceContext;
}

/**
 * What it takes to ask a source for somebody who waits, outside its turns: as at its turns it is asked with its own
 * token, and not at all while it is switched off or asked to be left alone.
 */
export async function reachSource(
  launch: LaunchInForce,
  spec: SourceSpec,
  at: House,
): Promise<Result<ReachedSource>> {
  const physical = launch.sources.get(spec.id);
  const { outgoing, now, cacheDir } = at;
  const context: SourceContext = { outgoing, now, cacheDir, commit: launch.head.candidate?.commit ?? null };
  if (!physical) return { ok: true, value: { source: spec, context } };
  const { key, address } = physical;
  const row = await at.db.source.findUnique({ where: { key }, select: { disabledAt: true } });
  if (row?.disabledAt)
    return refusal(
      'conflict',
      `${spec.title} is switched off and was not asked.`,
      'Switch it on under Sources.',
    );
  const credential = await credentialOf(key, at);
  const quiet = await quietUntil(key, credential, at);
  if (quiet)
    return refusal(
      'source-failed',
      `${spec.title} asked to be left alone until ${quiet.toISOString()} and was not asked.`,
      'Try again then.',
    );
  return { ok: true, value: { source: { ...spec, address }, context: { ...context, credential } } };
}
