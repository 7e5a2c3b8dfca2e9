import type { Problem } from '#lib/domain/problem.ts';
import type { Reader } from '#lib/server/database.ts';
import { diffSpecs, diffWords } from '#lib/spec/diff.ts';
import { sourceWords } from '#lib/spec/diff-sources.ts';
import type { LaunchInForce } from './launch-in-force.ts';
import { refusal } from './problems.ts';
import { readSpec } from './read-spec.ts';

/** Of a long list of changes the first stand in the sentence. */
const mostTold = 5;

/**
 * Why what was made over one version of a launch's spec is not taken: another is in force by now, and what that
 * changed. Null where it still is.
 */
export async function specMeanwhile(
  tx: Reader,
  { head, spec }: LaunchInForce,
  over: string,
): Promise<Problem | null> {
  if (head.specDigest === over) return null;
  const version = await tx.specVersion.findUnique({ where: { digest: over } });
  const read = version ? readSpec(version.sourceText, version.sourceName) : null;
  const changes = read?.ok
    ? [...diffWords(diffSpecs(read.value.spec, spec)), ...sourceWords(read.value.spec, spec)]
    : [];
  const told = changes.slice(0, mostTold).join(' ');
  const more = changes.length > mostTold ? ` And ${changes.length - mostTold} changes more.` : '';
  const message = `Another version of the spec of “${head.title}” came into force meanwhile. ${told}${more}`;
  return refusal(
    'conflict',
    message.trim(),
    'Look at the source again, then make the change over that version.',
  ).problem;
}
