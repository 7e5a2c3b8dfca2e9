import { expect, test } from 'vitest';
import { shippedText, specFrom } from '#lib/kit/spec.fixture.ts';
import { bindRunbook } from './bound.ts';

const bound = (text: string) => {
  const bind = bindRunbook({ runbook: 'treasury-stuck' }, specFrom(text));
  if (!bind.ok) throw new Error(bind.faults[0]?.message);
  return bind.bound;
};

test('links of alerts are looked at where the spec says under which address the repository is read', () => {
  expect(bound(shippedText)).toMatchObject({ rules: 'monitoring/alert.rules.yml' });
  expect(bound(shippedText).alerts.length).toBeGreaterThan(0);
  expect(bound(shippedText.replace(/^ +webBase: .*\n/m, ''))).toMatchObject({ rules: null, alerts: [] });
});
