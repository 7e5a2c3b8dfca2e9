import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { grafanaWays } from './grafana-ways.ts';
import { madeFrom } from './made-by-kit.ts';
import { ruleTests } from './rules/rule-test.ts';
import type { Block } from './runbook/blocks.ts';
import { markdownOf } from './runbook/markdown.ts';
import { shellWord } from './shell-word.ts';

/** What says where each file goes, how each is checked, and what was put right; null where the spec yields no file. */
export function readmeFile(spec: Spec, files: readonly KitFile[]): KitFile | null {
  const path = spec.kit?.files.readme;
  if (path === undefined || files.length === 0) return null;
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 1, text: `Launch kit: ${spec.launch.title}` },
    {
      kind: 'text',
      text: `${madeFrom} Change the spec, not these files. Paths are from the root of the repository.`,
    },
    { kind: 'heading', level: 2, text: 'Files' },
    {
      kind: 'table',
      head: ['File', 'What', 'Where it goes'],
      rows: files.map((file) => fileRow(spec, file)),
    },
    ...grafanaWays(spec),
    { kind: 'heading', level: 2, text: 'How each is checked' },
    ...files.flatMap((file) => checkBlocks(spec, file)),
    ...untestedBlocks(spec),
    ...correctionBlocks(files),
  ];
  return {
    path,
    part: 'readme',
    title: 'Where each file goes',
    text: markdownOf(blocks),
    executable: false,
    format: 'markdown',
    corrections: [],
  };
}

function fileRow(spec: Spec, file: KitFile): readonly string[] {
  return [`\`${file.path}\``, file.title, placeOf(spec, file)];
}

function placeOf(spec: Spec, { format, part, path }: KitFile): string {
  if (format === 'grafana-dashboard') return 'Grafana, by hand, by provisioning or by its API: see below.';
  if (format === 'prometheus-rules')
    return path === spec.kit?.files.ruleTests
      ? 'Stays in the repository; CI runs it.'
      : '`rule_files` of Prometheus’s configuration; Prometheus reads it again on SIGHUP.';
  if (part === 'runbooks') {
    const linked = (spec.kit?.files.webBase ?? null) !== null;
    const links = linked
      ? 'links of alerts lead to its sections.'
      : 'alerts carry no link to it, since the spec names no `webBase` under `kit`.';
    return `Stays in the repository; ${links} \`big-green kit --out\` and the patch put its sections into a document that is there, and leave all other text of it; an archive holds the kit’s alone.`;
  }
  if (part === 'gate' && format === 'yaml')
    return 'Read by CI where it stands. Its last job is the required check.';
  return 'Stays in the repository and is run there.';
}

function checkBlocks(spec: Spec, file: KitFile): readonly Block[] {
  return [
    { kind: 'text', text: `\`${file.path}\`` },
    { kind: 'commands', text: commandOf(spec, file) },
  ];
}

function commandOf(spec: Spec, { format, path, part }: KitFile): string {
  const word = shellWord(path);
  switch (format) {
    case 'grafana-dashboard':
      return `jq -e '.uid and (.panels | length > 0)' ${word}`;
    case 'prometheus-rules':
      return path === spec.kit?.files.ruleTests
        ? `promtool test rules ${word}`
        : `promtool check rules ${word}`;
    case 'yaml':
      return path === spec.kit?.gate?.github?.file ? `actionlint ${word}` : `glab ci lint ${word}`;
    case 'shell':
      return part === 'coverage-script'
        ? `shellcheck ${word}\nsh ${word} http://localhost:9090`
        : `shellcheck ${word}`;
    case 'markdown':
      return `awk '{ sub(/\\r$/, "") } /^\`\`\`+bash$/ && !fence { fence = substr($0, 1, length - 4); next } $0 == fence { fence = "" } fence' ${word} | bash -n`;
  }
}

/** What no test tries is said, never left to be found. */
function untestedBlocks(spec: Spec): readonly Block[] {
  const { untested } = ruleTests(spec);
  if (untested.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: 'What no test tries' },
    {
      kind: 'text',
      text: 'No input series are made for these alerts. `promtool check rules` looks at their rules, and nothing sees them fire:',
    },
    { kind: 'list', items: untested.map(({ alert, why }) => `\`${alert}\`: ${why}.`) },
  ];
}

/** Each correction once, with every file that it came into. */
function correctionBlocks(files: readonly KitFile[]): readonly Block[] {
  const found = files.flatMap(({ path, corrections }) => corrections.map((one) => ({ ...one, path })));
  if (found.length === 0) return [];
  const items = [...Map.groupBy(found, ({ id }) => id).values()].flatMap((places) => {
    const paths = places.map(({ path }) => `\`${path}\``).join(', ');
    return places
      .slice(0, 1)
      .map(({ was, now, why }) => `Was: ${was}\nNow: ${now}\nWhy: ${why}\nIn: ${paths}`);
  });
  return [
    { kind: 'heading', level: 2, text: 'What was put right' },
    { kind: 'list', items },
  ];
}
