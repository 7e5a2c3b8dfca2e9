import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { JsonObject } from '#lib/domain/json.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { dashboardOf, judgeFile, judgeText, kind, spec } from '../dashboard-file.fixture.ts';
import { absentAt, fileAt } from '../file.fixture.ts';

describe('where the dashboard stands', () => {
  const treasury = dashboardOf('treasury') as unknown as JsonObject;
  const energy = dashboardOf('energy') as unknown as JsonObject;
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'grafana' } };
  const other = { title: 'Other', uid: 'other', panels: [] };

  test.each<[string, string]>([
    ['wrapped', JSON.stringify({ dashboard: treasury, overwrite: true })],
    ['as Grafana’s API gives it', JSON.stringify({ meta: { slug: 'treasury' }, dashboard: treasury })],
    ['in a list', JSON.stringify([energy, treasury])],
    [
      'several in one ConfigMap',
      stringify({
        ...map,
        data: { 'energy.json': JSON.stringify(energy), 'treasury.json': JSON.stringify(treasury) },
      }),
    ],
    [
      'in one of several documents',
      `${stringify(map)}---\n${stringify({ ...map, data: { 'treasury.json': JSON.stringify(treasury) } })}`,
    ],
    [
      'in a Kubernetes resource',
      stringify({
        apiVersion: 'dashboard.grafana.app/v1beta1',
        kind: 'Dashboard',
        metadata: { name: 'the-block-treasury' },
        spec: treasury,
      }),
    ],
    ['under another title with its uid', JSON.stringify([{ ...treasury, title: 'Money' }, other])],
    ['under another uid with its title', JSON.stringify([other, { ...treasury, uid: 'x' }])],
    ['with a byte order mark', `\uFEFF${JSON.stringify(treasury)}`],
  ])('%s', (_, text) => {
    expect(judgeText('treasury', text)).toMatchObject({ verdict: 'pass', fact: { lead: '6 of 6 panels;' } });
  });

  test('none of several is the one', () => {
    expect(judgeText('treasury', JSON.stringify([other, energy]))).toMatchObject({
      verdict: 'fail',
      fact: { rest: expect.stringContaining('none of its 2 dashboards is “Treasury”') },
    });
  });

  test.each<[string, FileAtCommit, string, string]>([
    [
      'absent',
      absentAt('d.json', { alike: 'D.json' }),
      'fail',
      'it is not there; D.json is, and differs in letter case',
    ],
    ['a folder', absentAt('d.json', { found: 'folder' }), 'fail', 'it is a folder, not a dashboard'],
    ['a link', absentAt('d.json', { found: 'symlink' }), 'unknown', 'it is a symlink, which is not followed'],
    [
      'too large',
      fileAt('d.json', null, { whyNoText: 'too-large' }),
      'unknown',
      'it is over 1 MiB and was not read',
    ],
    [
      'in Git LFS',
      fileAt('d.json', null, { whyNoText: 'lfs-pointer' }),
      'unknown',
      'its content is kept in Git LFS',
    ],
    ['not JSON', fileAt('d.json', '{"title": '), 'fail', 'no dashboard can be read from it: it is not JSON'],
    ['no dashboard', fileAt('d.json', '{"a": 1}'), 'fail', 'it has neither panels nor elements'],
    ['empty', fileAt('d.json', ''), 'fail', 'it is empty'],
  ])('%s', (_, file, verdict, said) => {
    const judgement = judgeFile('treasury', file);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.sentence).toContain(said);
    expect(judgement.toGreen).toHaveLength(1);
  });
});

test('a dashboard that the spec does not have is told when the spec is read', () => {
  expect(kind.bind({ dashboard: 'tresury' }, spec)).toEqual({
    ok: false,
    faults: [
      { path: ['dashboard'], message: 'the spec has no dashboard `tresury`; did you mean `treasury`?' },
    ],
  });
  expect(kind.bind({ dashboard: 'energy', path: '../x.json' }, spec).ok).toBe(false);
});

test('the path is the dashboard’s own, unless another is named', () => {
  const pathOf = (parameters: JsonObject) => {
    const bound = kind.bind(parameters, spec);
    return bound.ok ? kind.reads(bound.bound, 'repo') : [];
  };
  expect(pathOf({ dashboard: 'energy' })).toMatchObject([
    { ask: 'file', path: 'monitoring/grafana_energy_dashboard.json' },
  ]);
  expect(pathOf({ dashboard: 'energy', path: 'x.json' })).toMatchObject([{ path: 'x.json' }]);
});
