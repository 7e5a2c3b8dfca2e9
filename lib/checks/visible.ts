import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import { codePoint, unseen } from './metrics/words.ts';

/** As JSON has them: controls and lone surrogates are escaped there, and line breaks and tabs are fine. */
const unseenInJson = new RegExp(`${unseen.source}|\\\\u00[01]|\\\\ud[89a-f]`, 'u');

/**
 * What a rule said, with marks that cannot be seen, or turn what stands around them, as their code points: whatever a
 * source wrote, and whichever rule repeats it. What the verdict rests on, and what can be run again, stay exact.
 */
export function visible(judgement: Judgement): Judgement {
  const { fact, sentence, toGreen, picture, readings } = judgement;
  const said = { fact, sentence, toGreen, picture, readings };
  if (!unseenInJson.test(JSON.stringify(said))) return judgement;
  return { ...judgement, ...(shownIn(said as unknown as JsonObject) as unknown as typeof said) };
}

function shownIn(value: Json): Json {
  if (typeof value === 'string')
    return value.replace(unseen, (mark) => (/[\t\n]/.test(mark) ? mark : codePoint(mark)));
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shownIn);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [shownIn(key) as string, shownIn(one)]),
  );
}
