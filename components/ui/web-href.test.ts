import { expect, test } from 'vitest';
import { webHref } from './web-href.ts';

test.each(['https://github.com/a/b/actions/runs/1', 'HTTP://gitlab.example/a'])('%s is linked', (address) =>
  expect(webHref(address)).toBe(address),
);

test.each([
  null,
  '',
  'javascript:alert(1)',
  ' https://github.com',
  'data:text/html,x',
  '//github.com',
  'java\nscript:alert(1)//https://github.com',
])('%j is not', (address) => expect(webHref(address)).toBeUndefined());
