const most = 60;

/** Two texts that differ, short enough for a sentence: long ones from where they differ, so what decides is never cut. */
export function saidApart(one: string, other: string): readonly [string, string] {
  const shared = sharedStart(one, other);
  return [short(one, shared), short(other, shared)];
}

/** A text for a sentence: a long one from its beginning. */
export function saidAlone(text: string): string {
  return short(text, 0);
}

function short(text: string, shared: number): string {
  const from = text.length > most ? shared : 0;
  const rest = text.slice(from);
  return `“${from > 0 ? '… ' : ''}${rest.length > most ? `${rest.slice(0, most)}…` : rest}”`;
}

/** How much both begin with, in whole words. */
function sharedStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return one.lastIndexOf(' ', Math.max(0, at - 1)) + 1;
}
