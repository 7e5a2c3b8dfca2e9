import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { dashboardFiles } from '#lib/kit/dashboard/dashboard-files.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { dashboardFile } from './dashboard-file.ts';
import { commit, fileAt } from './file.fixture.ts';
import { registerCheck } from './register.ts';

const read = readSpec(
  readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8'),
  'spec',
);
if (!read.ok) throw new Error(read.problem.message);
export const { spec } = read.value;
export const kind = registerCheck(dashboardFile);

/** What the check says of a file. */
export function judgeFile(dashboard: string, file: FileAtCommit): Judgement {
  const bound = kind.bind({ dashboard }, spec);
  if (!bound.ok) throw new Error(JSON.stringify(bound.faults));
  const [question] = kind.reads(bound.bound, 'repo');
  if (question?.ask !== 'file') throw new Error('it does not ask for a file');
  return kind.evaluate(
    [
      {
        question,
        observedAt: '2026-11-23T10:00:00Z',
        tookMs: 1,
        outcome: { ok: true, value: file },
        answers: [],
      },
    ],
    bound.bound,
    {
      nowMs: 0,
      source: { id: 'repo', title: 'Repository', address: '/srv/launch' },
      commit,
      itemStates: new Map(),
    },
  );
}

/** What it says of a text. */
export function judgeText(dashboard: string, text: string): Judgement {
  return judgeFile(dashboard, fileAt('monitoring/dashboard.json', text));
}

/** What a test changes of a dashboard in the kit's own form. */
export interface Panel {
  title: string;
  type: string;
  datasource: Json;
  fieldConfig: {
    defaults: {
      color: { mode: string };
      custom: { thresholdsStyle?: { mode: string }; cellOptions?: { type: string } };
      thresholds: { mode: string; steps: { color: string; value: number | null }[] };
    };
  };
  targets: { expr: string; datasource: Json; hide?: boolean }[];
  libraryPanel?: JsonObject;
}
export interface Dashboard {
  title: string;
  uid: string;
  panels: Panel[];
}

/** The kit's own files, by dashboard. */
export const kit = new Map(
  (spec.kit?.dashboards ?? []).map(({ id, file }) => {
    const text = dashboardFiles(spec).find(({ path }) => path === file)?.text ?? '';
    return [id, text];
  }),
);

/** One of them, read. */
export function dashboardOf(id: string): Dashboard {
  return JSON.parse(kit.get(id) ?? '') as Dashboard;
}

/** The kit's dashboard with one panel changed. */
export function changed(id: string, title: string, change: (panel: Panel, all: Dashboard) => void): string {
  const dashboard = dashboardOf(id);
  const panel = dashboard.panels.find((one) => one.title === title);
  if (!panel) throw new Error(`no panel ${title}`);
  change(panel, dashboard);
  return JSON.stringify(dashboard);
}
