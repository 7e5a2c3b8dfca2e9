import { withKeys } from './with-keys.ts';

const spans = /(`[^`]+`)/;

/** A sentence as specs and rules write it: what stands between backticks is code. */
export function Prose({ text }: { readonly text: string }) {
  return withKeys(text.split(spans), (part) => part).map(([key, part]) =>
    spans.test(part) ? <code key={key}>{part.slice(1, -1)}</code> : part,
  );
}
