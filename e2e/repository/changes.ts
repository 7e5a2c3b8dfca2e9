import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kitFiles } from '#lib/kit/kit.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { moreDisputes, slackerLag, unfilled, withoutPanels } from './breaking.ts';

/** A repository's files: path to text. */
export type Files = Readonly<Record<string, string>>;

/** One commit of the launch's repository. Applied in any order, each does its part. */
export interface Change {
  readonly message: string;
  readonly apply: (files: Files) => Files;
}

const root = fileURLToPath(new URL('./files/', import.meta.url));
const checklist = 'docs/MAINNET_READINESS_CHECKLIST.md';
const operations = 'docs/operations.md';
const gate = '.github/workflows/fast-mainnet.yml';
const energyPanels = 'monitoring/grafana_energy_dashboard.json';
const alertRules = 'monitoring/alert.rules.yml';

const shipped = shippedKit();
/** What the shipped spec yields: most of the repository is its kit. */
const kit: Files = Object.fromEntries(shipped.map(({ path, text }) => [path, text]));
/** Paths of scripts that are committed as such. */
export const scripts: readonly string[] = shipped.filter((one) => one.executable).map(({ path }) => path);

function shippedKit(): ReturnType<typeof kitFiles> {
  const path = fileURLToPath(new URL('../../launches/the-block.yaml', import.meta.url));
  const read = readSpec(readFileSync(path, 'utf8'), path);
  if (!read.ok) throw new Error(read.problem.message);
  return kitFiles(read.value.spec);
}

/** All files as they are when everything is done, no box ticked. */
function finished(): Files {
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, `${entry.parentPath}/${entry.name}`));
  return {
    ...Object.fromEntries(paths.map((path) => [path, readFileSync(`${root}${path}`, 'utf8')])),
    ...kit,
    ...moreDisputes(kit),
  };
}

const only = (...wanted: readonly string[]): Files =>
  Object.fromEntries(Object.entries(finished()).filter(([path]) => wanted.includes(path)));

const ticks =
  (heading: string, count?: number) =>
  (files: Files): Files => ({ ...files, [checklist]: tick(files[checklist] ?? '', heading, count) });

const code = (path: string, message: string, what: string): Change => ({
  message,
  apply: (files) => ({ ...files, [`node/src/${path}.rs`]: `//! ${what}\n` }),
});

/** Everyday commits, by the story's people, between the gate and the first candidate. */
const codeChanges = {
  'oracle-retry': code(
    'oracle/retry',
    'Ask an oracle once more before its reading counts as late',
    'One retry.',
  ),
  'receipt-order': code(
    'receipts/order',
    'Keep receipts in the order of their blocks',
    'Order within a block.',
  ),
  'lag-buckets': code('treasury/lag', 'Measure the lag up to an hour', 'Buckets of the lag.'),
  'stale-deps': code('treasury/deps', 'Name the dependency that is stale', 'Stale dependencies.'),
  'slash-reason': code('energy/slash', 'Say why a provider was slashed', 'Reasons of a slashing.'),
  'tick-budget': code('treasury/tick', 'End a tick of the executor within its budget', 'Budget of a tick.'),
  'ad-receipts': code('receipts/ads', 'Emit receipts of the ad market once a block', 'The ad market.'),
  'dispute-window': code('energy/disputes', 'Close disputes that nobody answers', 'Window of a dispute.'),
  'epoch-reward': code('economics/reward', 'Pay the reward by the epoch’s transactions', 'The reward.'),
} satisfies Readonly<Record<string, Change>>;

const changes = {
  start: {
    message: 'Begin the node’s repository',
    apply: (files) => ({ ...files, ...only('README.md', 'governance/src/energy_params.rs', 'justfile') }),
  },
  watch: {
    message: 'Watch treasury and energy, and say what tells us what',
    apply: (files) => ({
      ...files,
      ...only(
        'monitoring/grafana_treasury_dashboard.json',
        'docs/OBSERVABILITY_MAP.md',
        'docs/launch-kit.md',
        'scripts/verify_metrics_coverage.sh',
        'monitoring/recording.rules.yml',
        'monitoring/rules.test.yml',
      ),
      [alertRules]: slackerLag(finished()[alertRules] ?? ''),
      [energyPanels]: withoutPanels(finished()[energyPanels] ?? '', [
        'Pending Credits',
        'Signature Failures',
      ]),
    }),
  },
  gate: {
    message: 'Gate what goes to fast-mainnet',
    apply: (files) => ({
      ...files,
      ...only('.gitlab-ci.yml', 'scripts/fast_mainnet_gate.sh'),
      [gate]: (finished()[gate] ?? '').replace(/^ {2}merge_group:\n/m, ''),
    }),
  },
  runbooks: {
    message: 'Write the runbooks for treasury, energy and receipts',
    apply: (files) => ({
      ...files,
      [operations]: unfilled(finished()[operations] ?? '', 'Settlement Audit'),
    }),
  },
  ...codeChanges,
  candidate: {
    message: 'Cut the first candidate',
    apply: (files) =>
      [
        ticks('Treasury'),
        ticks('Receipts and economics'),
        ticks('Energy', 6),
        ticks('Gate and observability', 2),
      ].reduce((so_far, change) => change(so_far), { ...files, ...only(checklist) }),
  },
  'merge-queue': {
    message: 'Run the gate in the merge queue too',
    apply: (files) => ({
      ...files,
      [gate]: (files[gate] ?? '').replace(/^ {2}workflow_dispatch:\n/m, '  merge_group:\n$&'),
    }),
  },
  'energy-panels': {
    message: 'Draw pending credits and signature failures',
    apply: (files) => ({ ...files, ...only(energyPanels) }),
  },
  'lag-bound': {
    message: 'Page at the lag that was agreed, ten minutes and not fifteen',
    apply: (files) => ({ ...files, ...only(alertRules) }),
  },
  'audit-runbook': {
    message: 'Write down how the settlement audit is run and read',
    apply: (files) => ({ ...files, ...only(operations) }),
  },
  'tick-energy': { message: 'Tick what energy has done', apply: ticks('Energy') },
  'tick-gate': {
    message: 'Tick what the gate and the pager have shown',
    apply: ticks('Gate and observability'),
  },
  'tick-launch': { message: 'Tick what launch day needs', apply: ticks('Launch day') },
} satisfies Readonly<Record<string, Change>>;

/**
 * The name of a change; `patch-2` is the second of any number of small ones to the code. `narrow-gate-1` has the gate
 * fuzz no consensus, and `widen-gate-1` has it do so again.
 */
export type ChangeName = keyof typeof changes | `${'patch' | 'narrow-gate' | 'widen-gate'}-${number}`;

/** What the repository holds when the demo begins. */
export const firstChanges: readonly ChangeName[] = [
  'start',
  'watch',
  'gate',
  'runbooks',
  ...(Object.keys(codeChanges) as (keyof typeof codeChanges)[]),
  'candidate',
];

/** The change that a name stands for. */
export function changeOf(name: ChangeName): Change {
  if (name in changes) return changes[name as keyof typeof changes];
  if (name.startsWith('narrow-gate-')) return { message: 'Fuzz less, to be faster', apply: narrowGate };
  if (name.startsWith('widen-gate-')) return { message: 'Fuzz consensus again', apply: widenGate };
  return patch(name);
}

/** Every change that finishes something, and no other. */
export const finishing: readonly ChangeName[] = [
  'energy-panels',
  'merge-queue',
  'lag-bound',
  'audit-runbook',
  'tick-energy',
  'tick-gate',
  'tick-launch',
];

/** The files after some changes. */
export function filesAfter(names: readonly ChangeName[]): Files {
  return names.reduce<Files>((files, name) => changeOf(name).apply(files), {});
}

const narrowGate: Change['apply'] = (files) => ({
  ...files,
  [gate]: (files[gate] ?? '').replace('--target consensus,', '--target '),
});
const widenGate: Change['apply'] = (files) => ({
  ...files,
  [gate]: (files[gate] ?? '').replace('--target treasury', '--target consensus,treasury'),
});

function patch(name: string): Change {
  const path = `node/src/tuning/${name.replace('-', '_')}.rs`;
  const content = `//! Bounds of the executor, as measured in ${name}.\n\npub const LARGEST_BATCH: usize = ${80 + 5 * name.length};\n`;
  return {
    message: `Bound the executor’s batch (${name})`,
    apply: (files) => ({ ...files, [path]: content }),
  };
}

/** Ticks a section's boxes, all or the first so many. */
function tick(text: string, heading: string, count = Number.POSITIVE_INFINITY): string {
  let within = false;
  let left = count;
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('## ')) within = line === `## ${heading}`;
      if (line.startsWith('```')) within = false;
      if (!within || left <= 0 || !/^\s*- \[[ x]\] /.test(line)) return line;
      left -= 1;
      return line.replace('[ ]', '[x]');
    })
    .join('\n');
}
