import { expect, test } from 'vitest';
import { isSettled, itemStateSchema, verdictSchema } from '#lib/domain/verdict.ts';
import { needsNothing, stateOrder, verdictOrder } from './states.ts';

test('the orders are the domain’s own', () => {
  expect(stateOrder).toEqual(itemStateSchema.options);
  expect(verdictOrder).toEqual(verdictSchema.options);
});

test('what needs nothing is what the domain calls settled', () => {
  expect(stateOrder.filter(needsNothing)).toEqual(stateOrder.filter(isSettled));
});
