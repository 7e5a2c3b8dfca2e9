import { z } from 'zod';
import type { KitFile } from '#lib/domain/kit-file.ts';

/** What the head of a generated file says of where it is from. */
export const madeFrom = 'Made from the readiness spec by `big-green kit`.';

const uids = z.union([
  z.object({ uid: z.string() }).transform(({ uid }) => uid),
  z.object({ dashboard: z.object({ uid: z.string() }) }).transform(({ dashboard }) => dashboard.uid),
]);

/**
 * Whether a text that stands where a file of the kit goes is known to be the kit's own, of this or an older spec:
 * it says so at its head, or is a dashboard of the same uid.
 */
export function isMadeByKit({ format, text }: Pick<KitFile, 'format' | 'text'>, there: string): boolean {
  if (there === text || there.trim() === '') return true;
  if (format !== 'grafana-dashboard') return there.includes(madeFrom);
  const uid = uidOf(there);
  return uid !== null && uid === uidOf(text);
}

function uidOf(text: string): string | null {
  try {
    return uids.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data ?? null;
  } catch {
    return null;
  }
}
