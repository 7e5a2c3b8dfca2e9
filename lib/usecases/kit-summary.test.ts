import { expect, test } from 'vitest';
import type { RunsState, RunsView } from '#lib/domain/drift.ts';
import type { KitFileState, KitFileView } from '#lib/domain/kit-view.ts';
import { driftOf, kitSummary } from './kit-summary.ts';

const place = (state: RunsState): RunsView => ({
  ...{ where: 'Grafana', state, fact: '', way: null, seenAt: null, href: null, item: null },
  ...{ differences: [], more: 0 },
});
const file = (state: KitFileState, ...runs: RunsState[]): KitFileView => ({
  ...{ path: 'a', title: '', part: 'gate', executable: false, lines: 1, state, fact: '', differences: [] },
  ...{ more: 0, dashboard: null, item: null, runs: runs.map(place) },
  drift: driftOf(state, runs.map(place)),
});

test.each<[KitFileState, RunsState[], string]>([
  ['same', [], 'none'],
  ['on-purpose', ['on-purpose'], 'none'],
  ['same', ['same', 'drifted'], 'drifted'],
  ['same', ['missing'], 'drifted'],
  ['differs', ['same'], 'drifted'],
  ['missing', ['unknown'], 'drifted'],
  // What nobody saw may have drifted.
  ['same', ['unknown'], 'unknown'],
  ['same', ['unread'], 'unknown'],
  ['not-looked-at', ['same'], 'unknown'],
  ['unreadable', [], 'unknown'],
])('%s in the repository, %j where it runs: %s', (state, runs, drift) => {
  expect(file(state, ...runs).drift).toBe(drift);
});

test.each([
  [
    [file('same', 'same'), file('on-purpose')],
    'pass',
    /^No file has drifted\. In the repository 1 differs on purpose; of 1 that run/,
  ],
  [
    [file('same', 'unread')],
    'unknown',
    /^No drift is seen, and of 1 nobody can tell\. .* 1 is read by no check\./,
  ],
  [
    [file('differs', 'drifted'), file('same', 'unknown'), file('missing')],
    'fail',
    /^2 of 3 files have drifted, and of 1 nobody can tell\. In the repository 1 differs, 1 is missing; of 2 that run in Grafana or Prometheus 1 differs, 1 is unknown\./,
  ],
  [
    [file('same'), file('differs')],
    'fail',
    /^1 of 2 files has drifted\. In the repository 1 differs\. Files/,
  ],
] as const)('counts each file once: %#', (files, verdict, sentence) => {
  expect(kitSummary(files)).toMatchObject({ verdict, sentence: expect.stringMatching(sentence) });
});
