import type { LedgerEvent } from '#lib/domain/event.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Standing } from '#lib/domain/standing.ts';
import type { StandingChange } from './standing.ts';

/** A check that moved: what an entry of the ledger says of it. */
export interface Moved {
  readonly item: string;
  readonly check: string;
  readonly standing: Standing;
  readonly changes: readonly StandingChange[];
}

/** So many checks stand in one entry at most: ids and digests of that many stay well under the entry's limit. */
const checksAnEntry = 150;

/**
 * The ledger's events for what one cycle changed in one launch, by intent: a regress and a recovery are told apart
 * from evidence that is merely new, and a stretch in which nobody looked is told first. Pure.
 */
export function evidenceEvents(launch: string, moved: readonly Moved[]): LedgerEvent[] {
  const byType = new Map<LedgerEvent['type'], JsonObject[]>();
  for (const one of moved) {
    for (const { type, data } of factsOf(one)) byType.set(type, [...(byType.get(type) ?? []), data]);
  }
  return [...byType].flatMap(([type, checks]) =>
    chunks(checks, checksAnEntry).map(
      (some): LedgerEvent => ({ type, version: 1, launch, actor: 'system', data: { checks: some } }),
    ),
  );
}

interface Fact {
  readonly type: LedgerEvent['type'];
  readonly data: JsonObject;
}

function factsOf({ item, check, standing, changes }: Moved): Fact[] {
  const now = { item, check, evidence: standing.evidenceDigest, rule: standing.ruleVersion };
  const facts: Fact[] = [];
  for (const change of changes) {
    if (change.kind === 'gap') {
      facts.push({ type: 'evidence.gap', data: { item, check, from: change.from, to: change.to } });
    } else if (change.kind === 'verdict') {
      const { from, to, at } = change;
      facts.push({ type: typeOfTurn(change), data: { ...now, from, to, at } });
    } else if (change.kind === 'evidence') {
      const { verdict } = standing;
      facts.push({ type: 'evidence.recorded', data: { ...now, from: verdict, to: verdict, at: change.at } });
    }
  }
  return facts;
}

function typeOfTurn({ from, to }: Extract<StandingChange, { kind: 'verdict' }>): LedgerEvent['type'] {
  if (from === null) return 'evidence.recorded';
  if (to === 'pass') return 'evidence.recovered';
  return to === 'fail' || from === 'pass' ? 'evidence.regressed' : 'evidence.recorded';
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
}
