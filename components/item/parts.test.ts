import { expect, test } from 'vitest';
import type { JsonObject } from '#lib/domain/json.ts';
import type { Picture } from '#lib/domain/judgement.ts';
import type { CheckView } from '#lib/domain/view.ts';
import { fileDifferences } from './file-differences.ts';
import { partsOf } from './parts.ts';

function check(kind: string, deciding: JsonObject, readings: JsonObject, picture: Picture): CheckView {
  return {
    id: kind,
    kind,
    title: kind,
    why: '',
    fix: '',
    verdict: 'fail',
    sentence: '',
    judgement: {
      verdict: 'fail',
      quiet: false,
      fact: { lead: '', rest: '' },
      sentence: '',
      toGreen: [],
      deciding,
      readings,
      picture,
      again: null,
    },
    parameters: {},
    source: null,
    network: null,
    maxAgeMs: 0,
    everyMs: 0,
    confirm: '',
    ruleVersion: 1,
    evidenceDigest: null,
    observedAt: null,
    triedAt: null,
    silentSince: null,
    failing: null,
    flapping: false,
    history: [],
    specLine: 1,
  };
}

test('panels keep the order of the spec, each with the worst of its faults', () => {
  const panels = ['Lag', 'Backlog', 'Errors'].map((title) => ({ title, state: 'whole' as const }));
  const faults = {
    Backlog: [
      ['unknown', 'its query does not parse'],
      ['fail', 'it is not there'],
    ],
    Lag: [],
  };
  expect(partsOf(check('dashboard-file', { panels: faults }, {}, { kind: 'panels', panels }))).toEqual([
    { name: 'Lag', verdict: 'pass', says: 'as the spec has it' },
    { name: 'Backlog', verdict: 'fail', says: 'its query does not parse; it is not there' },
    { name: 'Errors', verdict: 'pass', says: 'as the spec has it' },
  ]);
});

test('a runbook is its parts; what is not written fails', () => {
  const deciding = {
    parts: [
      ['Symptoms', 'written'],
      ['Diagnosis', 'empty'],
    ],
  };
  const picture = { kind: 'boxes', done: 1, total: 2 } as const;
  expect(partsOf(check('runbook', deciding, {}, picture))).toEqual([
    { name: 'Symptoms', verdict: 'pass', says: 'written' },
    { name: 'Diagnosis', verdict: 'fail', says: 'empty' },
  ]);
});

test('other kinds, and files that could not be read, have no parts', () => {
  const none = { kind: 'none' } as const;
  expect(partsOf(check('file', { found: 'file' }, {}, none))).toEqual([]);
  expect(partsOf(check('runbook', { found: 'absent', why: 'it is not there' }, {}, none))).toEqual([]);
});

test('differences that count stand before those that the spec allows', () => {
  const deciding = { meant: [['a › b', '20', '25']], differs: [['on › merge_group', 'null', null]] };
  expect(fileDifferences(deciding)).toEqual([
    { at: 'on › merge_group', kit: 'null', repository: null, isMeant: false },
    { at: 'a › b', kit: '20', repository: '25', isMeant: true },
  ]);
  expect(fileDifferences({ found: 'absent' })).toEqual([]);
});
