/** What the demo's repository holds; the story changes it. */
export interface RepositoryState {
  /** Panels of the energy dashboard, of eight. */
  readonly energyPanels: number;
  /** Boxes of the checklist that are ticked. */
  readonly ticked: number;
  /** The gate runs in the merge queue as well. */
  readonly gateWhole: boolean;
}

const treasury = [
  'Disbursement pipeline',
  'Queue depth',
  'Execution lag p95',
  'Execution errors',
  'Balance',
  'Executor tick p95',
];
const energy = [
  'Active providers',
  'Settlements',
  'Oracle latency',
  'Reputation',
  'Disputes',
  'Slashings',
  'Pending credits',
  'Signature failures',
];

const boxes: readonly (readonly [heading: string, lines: readonly string[]])[] = [
  [
    'Treasury',
    [
      'Executor restarts cleanly',
      'Backlog drains within an epoch',
      'Rollback tried on the testnet',
      'Balance reconciled by hand once',
    ],
  ],
  [
    'Energy',
    [
      'Oracle keys rotated',
      'Three providers settle',
      'A dispute was opened and resolved',
      'Slashing tried with a test provider',
    ],
  ],
  [
    'Receipts',
    ['All four markets emit', 'Pending depth falls after a burst', 'Settlement audit read by two people'],
  ],
  [
    'Operations',
    [
      'On-call rota covers launch week',
      'Every alert has somebody who answers',
      'Restore from backup was timed',
    ],
  ],
];
/** How many boxes the checklist has. */
export const boxCount = boxes.reduce((sum, [, lines]) => sum + lines.length, 0);

/** Path to text, for one commit. */
export function repositoryFiles(state: RepositoryState): Readonly<Record<string, string>> {
  return {
    'README.md':
      '# The Block\n\nA layer-1 blockchain on its way to fast-mainnet. This repository is made up for the demo.\n',
    'monitoring/grafana_treasury_dashboard.json': dashboard('Treasury', treasury),
    'monitoring/grafana_energy_dashboard.json': dashboard('Energy', energy.slice(0, state.energyPanels)),
    'docs/operations.md': operations,
    'docs/OBSERVABILITY_MAP.md':
      '# Observability map\n\nEach metric, its panel, its alert and its runbook.\n',
    'docs/MAINNET_READINESS_CHECKLIST.md': checklist(state.ticked),
    '.github/workflows/fast-mainnet.yml': workflow(state.gateWhole),
    '.gitlab-ci.yml': gitlab,
    justfile:
      'fmt-check:\n    cargo fmt --all --check\n\nlint:\n    cargo clippy\n\ngate: lint fmt-check\n    cargo test --release\n',
    'governance/src/energy_params.rs':
      'pub struct EnergySettlementPayload {\n    pub quorum_threshold_ppm: u32,\n    pub expiry_blocks: u64,\n}\n',
    ...script,
  };
}

const script = {
  'scripts/verify_metrics_coverage.sh': `#!/usr/bin/env bash
set -euo pipefail
answer=$(curl --silent --show-error --fail "\${PROMETHEUS:-http://localhost:9090}/api/v1/query" --data-urlencode 'query=count by (__name__) ({__name__!=""})')
printf '%s' "$answer" | jq -r '.data.result[].metric.__name__'
`,
};

function dashboard(title: string, panels: readonly string[]): string {
  const made = panels.map((panel, n) => ({
    id: n + 1,
    title: panel,
    type: 'timeseries',
    gridPos: { h: 8, w: 12, x: 12 * (n % 2), y: 8 * Math.floor(n / 2) },
    targets: [{ refId: 'A', expr: 'up' }],
  }));
  return `${JSON.stringify({ title, uid: `tb-${title.toLowerCase()}`, schemaVersion: 39, panels: made }, null, 2)}\n`;
}

function checklist(ticked: number): string {
  let left = ticked;
  const parts = boxes.map(([heading, lines]) => {
    const items = lines.map((line) => `- [${left-- > 0 ? 'x' : ' '}] ${line}`);
    return `## ${heading}\n\n${items.join('\n')}\n`;
  });
  return `# Mainnet readiness checklist\n\n${parts.join('\n')}`;
}

const operations = ['Treasury Stuck', 'Energy Stalled', 'Receipts Flatlining', 'Settlement Audit']
  .map(
    (title) =>
      `## ${title}\n\n### Symptoms\n\nSee the panel.\n\n### Diagnosis\n\n\`\`\`bash\ntb-cli status\n\`\`\`\n`,
  )
  .join('\n');

function workflow(whole: boolean): string {
  return `name: Fast-mainnet gate
on:
  pull_request:
  push:
    branches: [main]
${whole ? '  merge_group:\n' : ''}  workflow_dispatch:
permissions:
  contents: read
concurrency: gate-\${{ github.ref }}
jobs:
  fuzz:
    runs-on: ubuntu-latest
    steps:
      - run: bash scripts/fuzz_coverage.sh --target consensus,treasury,receipts,energy --duration 120
      - uses: actions/upload-artifact@v4
        with:
          name: fuzz-coverage
          path: target/coverage/
          retention-days: 30
  gate:
    needs: [fuzz]
    runs-on: ubuntu-latest
    steps:
      - run: 'true'
`;
}

const gitlab = `fast-mainnet:
  stage: verify
  script:
    - bash scripts/fuzz_coverage.sh --target consensus,treasury,receipts,energy --duration 120
  artifacts:
    paths: [target/coverage/]
    expire_in: 30 days
`;
