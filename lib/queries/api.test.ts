import { expect, test } from 'vitest';
import { ApiProblem, problemOf, readProblem } from './api.ts';

test('a problem is read with its faults, and nothing else is taken for one', () => {
  const fault = { line: 3, column: 1, path: 'sources', message: 'no', remedy: null };
  const problem = {
    code: 'conflict',
    message: 'Taken.',
    remedy: 'Wait.',
    faults: [fault, { nonsense: true }],
  };
  expect(readProblem({ problem })).toEqual({ ...problem, faults: [fault] });
  expect(readProblem({ problem: { code: 'new-code', message: 'x' } })?.code).toBe('unavailable');
  expect(readProblem('<html>')).toBeNull();
  expect(readProblem({ problem: null })).toBeNull();
});

test('whatever went wrong, there are words for it', () => {
  const refused = new ApiProblem({ code: 'refused', message: 'No.', remedy: null, faults: [] });
  expect(problemOf(refused).message).toBe('No.');
  expect(problemOf(new TypeError('fetch failed')).message).toBe('Big Green did not answer.');
});
