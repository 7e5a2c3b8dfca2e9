import { expect, test } from 'vitest';
import { alertLinks, linkFault } from './alert-links.ts';

const to = { path: 'docs/on call.md', anchor: 'stuck', anchors: new Set(['stuck', 'other']) };

test.each([
  ['https://git.example/docs/on%20call.md#stuck', null],
  ['docs/on%20call.md#stuck', null],
  ['https://git.example/old-docs/on%20call.md#stuck', 'leads to another document'],
  ['https://git.example/olddocs/on%20call.md#stuck', 'leads to another document'],
  ['https://git.example/docs/on%20call.md', 'to no section of it'],
  ['https://git.example/docs/on%20call.md#other', 'leads to another section, #other'],
  ['https://git.example/docs/on%20call.md#gone', 'leads to #gone, which is no heading'],
  [null, 'has no `runbook_url`'],
  [undefined, 'has no rule there'],
])('the link %s', (url, fault) => {
  if (fault === null) expect(linkFault(url, to)).toBeNull();
  else expect(linkFault(url, to)).toContain(fault);
});

test('what is no rule file is said to be none', () => {
  expect(alertLinks('groups: 1')).toMatchObject({
    ok: false,
    message: expect.stringContaining('no file of'),
  });
  expect(alertLinks('a: [')).toEqual({ ok: false, message: 'it is not YAML' });
});
