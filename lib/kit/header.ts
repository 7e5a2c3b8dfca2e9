import type { CorrectionSpec, KitPart } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { madeFrom } from './made-by-kit.ts';

/** Corrections that are about a part of the kit, in the spec's order. */
export function correctionsOf(spec: Spec, part: KitPart): readonly CorrectionSpec[] {
  return (spec.kit?.corrections ?? []).filter(({ about }) => about.includes(part));
}

/** What stands at the head of a generated file whose comments begin with `#`: where it is from, and what it puts right. */
export function headerComment(
  spec: Spec,
  what: string,
  corrections: readonly CorrectionSpec[],
): readonly string[] {
  const said = [`${what}: ${spec.launch.title}.`, `${madeFrom} Change the spec, not this file.`];
  const right = corrections.flatMap(({ was, now, why }) => ['', `Put right: ${was}`, `Now: ${now}`, why]);
  return [...said, ...right].flatMap((text) => wrapped(text, 108)).map((line) => `# ${line}`.trimEnd());
}

/** Text in lines of at most so many characters, words kept whole. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
