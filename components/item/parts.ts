import { verdictOrder } from '#components/verdict/states.ts';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import type { CheckView } from '#lib/domain/view.ts';

/** One part of what a check looks at, as it stands: a panel of a dashboard, a part of a runbook. */
export interface Part {
  readonly name: string;
  readonly verdict: Verdict;
  readonly says: string;
}

/** The parts of a document or dashboard, in their order; empty for other kinds of check. Pure. */
export function partsOf({ kind, judgement }: CheckView): readonly Part[] {
  if (!judgement) return [];
  const { deciding, picture } = judgement;
  if ((kind === 'dashboard-file' || kind === 'dashboard') && picture.kind === 'panels') {
    const found = isObject(deciding.panels) ? deciding.panels : {};
    return picture.panels.map(({ title }) => panelPart(title, found[title] ?? []));
  }
  if (kind === 'runbook' && Array.isArray(deciding.parts)) {
    return deciding.parts.flatMap(writtenPart);
  }
  return [];
}

/** Faults are pairs of a verdict and what is wrong. */
function panelPart(name: string, faults: Json): Part {
  if (faults === 'quiet') return { name, verdict: 'pass', says: 'quiet, as declared' };
  const pairs = Array.isArray(faults) ? faults.filter((one) => Array.isArray(one)) : [];
  const verdict = verdictOrder.find((one) => pairs.some(([fault]) => fault === one)) ?? 'pass';
  const says = pairs.map(([, what]) => String(what)).join('; ');
  return { name, verdict, says: says === '' ? 'as the spec has it' : says };
}

function writtenPart(part: Json): readonly Part[] {
  if (!Array.isArray(part)) return [];
  const [name, state] = part;
  if (typeof name !== 'string' || typeof state !== 'string') return [];
  return [{ name, verdict: state === 'written' ? 'pass' : 'fail', says: state }];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
