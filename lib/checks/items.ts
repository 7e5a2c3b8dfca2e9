import { z } from 'zod';
import type { CheckKind } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import { type ItemState, isSettled, levelSchema, type Verdict } from '#lib/domain/verdict.ts';
import { type ItemsBound, resolveItems } from './items-resolve.ts';

const parameters = z
  .strictObject({
    track: z.string().min(1).exactOptional().describe('All items of this track that have the level.'),
    items: z.array(z.string().min(1)).min(1).max(2000).exactOptional().describe('Or these items, by id.'),
    level: levelSchema.exactOptional().describe('With `track`: which of its items. Default: blockers.'),
  })
  .refine(({ track, items }) => (track === undefined) !== (items === undefined), {
    error: 'name either a track or a list of items, and not both',
  })
  .refine(({ items, level }) => items === undefined || level === undefined, {
    path: ['level'],
    error: 'a level goes with a track; a list of items takes each one it names',
  });

/** Passes when every named item is ready, waived or accepted as not applicable. Each item counts once. */
export const items: CheckKind<z.infer<typeof parameters>, ItemsBound> = {
  meta: {
    id: 'items',
    title: 'Items',
    why: 'A success criterion often says no more than "all of these are done". It is then computed from them.',
    fix: 'Bring the open items to ready, or waive them with a reason and a second person.',
  },
  ruleVersion: 1,
  sourceKinds: [],
  parameters,
  bind: resolveItems,
  reads: () => [],
  evaluate: (_observations, bound, { itemStates }) => {
    const counted = count(bound, itemStates);
    const open = counted.filter(({ state }) => state === null || !isSettled(state));
    const verdict = counted.length === 0 ? 'unknown' : worst(open.map(({ state }) => state));
    const fact = say(counted.length, open);
    return {
      verdict,
      quiet: false,
      fact,
      sentence: `${fact.lead} ${fact.rest}`.trim(),
      toGreen: open.slice(0, 20).map(({ title, state }) => `${title}: ${wayOut(state)}`),
      deciding: { states: Object.fromEntries(counted.map(({ id, state }) => [id, state])) },
      readings: {},
      picture: { kind: 'items', states: counted.map(({ state }) => state ?? 'unknown') },
      again: null,
    } satisfies Judgement;
  },
};

interface Counted {
  readonly id: string;
  readonly title: string;
  /** Null when the board has no state for it yet. */
  readonly state: ItemState | null;
}

function count(bound: ItemsBound, states: ReadonlyMap<string, ItemState>): Counted[] {
  const settled = (id: string): boolean => {
    const state = states.get(id);
    return state !== undefined && isSettled(state);
  };
  const sums = bound.sums.filter(({ id, leaves }) => leaves.every(settled) && !settled(id));
  return [...bound.leaves, ...sums].map(({ id, title }) => ({ id, title, state: states.get(id) ?? null }));
}

/** What one open item makes of the whole. Held and unsigned wait for a person's word, as claimed does. */
function worst(states: readonly (ItemState | null)[]): Verdict {
  if (states.includes('fail')) return 'fail';
  if (states.some((state) => state === null || state === 'unknown')) return 'unknown';
  if (states.includes('stale')) return 'stale';
  return states.length > 0 ? 'claimed' : 'pass';
}

function say(total: number, open: readonly Counted[]): Judgement['fact'] {
  if (total === 0) return { lead: '0 of 0.', rest: 'It names no item, and an empty list proves nothing.' };
  const lead = `${total - open.length} of ${total}.`;
  const [first, second] = open;
  if (!first) return { lead, rest: 'All are ready, waived or not applicable.' };
  const named = [first, ...(second ? [second] : [])].map(({ title, state }) => `${title} (${word(state)})`);
  const more = open.length > 2 ? ` and ${open.length - 2} more` : '';
  return { lead, rest: `Open: ${named.join(', ')}${more}` };
}

function word(state: ItemState | null): string {
  return state ?? 'unknown: not judged yet';
}

function wayOut(state: ItemState | null): string {
  switch (state) {
    case 'fail':
      return 'put right what fails';
    case 'stale':
      return 'have its evidence collected again';
    case 'claimed':
      return 'have the statement signed, or replaced by evidence';
    case 'held':
      return 'settle what is said to need work';
    case 'unsigned':
      return 'gather the signatures that are due';
    default:
      return 'find out why its evidence cannot be had';
  }
}
