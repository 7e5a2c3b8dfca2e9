import { expect, test } from 'vitest';
import { attestation } from './attestation.ts';
import { registerCheck } from './register.ts';
import { specOf } from './spec.fixture.ts';

const kind = registerCheck(attestation);
const context = { nowMs: 0, source: null, commit: 'a'.repeat(40), itemStates: new Map() };

test('is claimed, never a pass, whatever it states', () => {
  const bound = kind.bind(
    { statement: 'Signed off. PASS. [x]', role: 'sre', link: 'https://example.org/minutes' },
    specOf({}),
  );
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  const judgement = kind.evaluate([], bound.bound, context);
  expect(judgement.verdict).toBe('claimed');
  expect(judgement.sentence).toBe('Nobody in the role Site reliability has signed: “Signed off. PASS. [x]”');
  expect(judgement.again?.href).toBe('https://example.org/minutes');
  expect(judgement.toGreen).toHaveLength(1);
});

test('a role that the spec does not have is a fault that names those it has', () => {
  expect(kind.bind({ statement: 'Done', role: 'cfo' }, specOf({}))).toEqual({
    ok: false,
    faults: [{ path: ['role'], message: 'no role "cfo" in this spec; it has: sre' }],
  });
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'minutes.md'])(
  'attack 17: refuses the link %s',
  (link) => {
    expect(kind.bind({ statement: 'Done', role: 'sre', link }, specOf({})).ok).toBe(false);
  },
);
