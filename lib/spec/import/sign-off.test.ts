import { expect, test } from 'vitest';
import { signerOf } from './sign-off.ts';

test.each([
  ['Vault Lead: ________', 'Vault Lead', null],
  ['- [ ] SRE: ........ Date: ____', 'SRE', null],
  ['Release manager: Ana Pop, Date: 2026-11-01', 'Release manager', 'Ana Pop'],
])('“%s” is signed by a role', (text, title, name) => {
  expect(signerOf(text, 3)).toEqual({ title, name, line: 3 });
});

test.each(['Date: ________', 'Name: ________', 'Signature ________', '________', 'Vault Lead'])(
  '“%s” names no role',
  (text) => {
    expect(signerOf(text, 3)).toBeNull();
  },
);
