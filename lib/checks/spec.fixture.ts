import type { JsonObject } from '#lib/domain/json.ts';
import type { CheckSpec, ItemSpec, Spec } from '#lib/domain/spec.ts';

/** An item with what a test says and the rest filled in. */
export function itemOf(
  id: string,
  given: Partial<ItemSpec> & { readonly sums?: readonly JsonObject[] } = {},
): ItemSpec {
  const { sums, ...rest } = given;
  return {
    id,
    track: 'track',
    title: `Item ${id}`,
    owner: null,
    level: 'blocker',
    phase: 'launch',
    estimateMs: null,
    why: null,
    checks: sums
      ? sums.map((parameters, index) => checkOf('items', parameters, `sum-${index}`))
      : [checkOf('file', { path: `${id}.md` })],
    signOff: {},
    anyCandidate: false,
    line: 1,
    ...rest,
  };
}

/** A check with what a test says and the rest filled in. */
export function checkOf(kind: string, parameters: JsonObject, id = kind): CheckSpec {
  return {
    id,
    kind,
    source: null,
    network: null,
    maxAgeMs: 3_600_000,
    confirm: { kind: 'observations', count: 2 },
    parameters,
    line: 1,
  };
}

/** A spec of these tracks, each a list of items. */
export function specOf(
  tracks: Readonly<Record<string, readonly ItemSpec[]>>,
  given: Partial<Spec> = {},
): Spec {
  return {
    format: 'big-green/v1',
    launch: { id: 'test', title: 'Test', target: { at: '2026-12-01T14:00:00Z', block: null } },
    candidate: null,
    lengths: { epochMs: 600_000, blockMs: 1000 },
    networks: [],
    phases: [{ id: 'launch', title: 'Launch', at: '2026-12-01T14:00:00Z' }],
    roles: [{ id: 'sre', title: 'Site reliability', abbreviation: 'SRE' }],
    sources: [],
    metrics: [],
    alerts: [],
    tracks: Object.entries(tracks).map(([id, items]) => ({
      id,
      title: `Track ${id}`,
      lead: null,
      items: items.map((item) => ({ ...item, track: id })),
    })),
    ...given,
  };
}
