import { bareFile, fileOf } from './named-files.ts';
import type { MetricNamesOf, Proposal } from './proposal.ts';
import { seen } from './wording.ts';

const metricName = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Endings that only metrics have (Prometheus's naming practices); in prose a name with one is meant as a metric. */
const metricEnding = /_(?:total|seconds|bytes|ratio|count|sum|bucket|info|celsius)$/;

/** What a line's code spans and links name; `around` is the line with the titles it stands under. */
export function proposalsIn(
  written: string,
  line: number,
  asked: ReadonlySet<string>,
  around: string,
): Proposal[] {
  const text = written.slice(0, 4000);
  const found: Proposal[] = [];
  const told = `${text.replace(/`[^`\n]{2,300}`|\]\([^()\n]{0,1000}\)/g, ' ')} ${around}`;
  for (const span of text.matchAll(/`([^`\n]{2,300})`/g)) {
    const code = (span[1] ?? '').trim();
    const test = testOf(code);
    const file = fileOf(code, line, told);
    if (test) found.push({ line, ...test });
    else if (file) found.push(file);
    else if (isWorkflow(text, span.index, span[0].length)) found.push({ line, from: 'workflow', what: code });
    else found.push(...metricOf(code, line, asked));
  }
  const bare = bareFile(text);
  const aside = bare === null || found.length > 0 ? null : fileOf(bare, line, told);
  if (aside && /^\W*\w+\W*:/.test(text)) found.push(aside);
  for (const [, target = ''] of text.matchAll(/\]\(<?([^()\s<>]{3,1000})>?(?:\s+"[^"\n]{0,200}")?\)/g))
    found.push(...[fileOf(target, line, told) ?? []].flat());
  return found;
}

/** Whether the word right before or behind a span calls it a workflow. */
function isWorkflow(text: string, start: number, length: number): boolean {
  const before = text.slice(Math.max(0, start - 20), start);
  return (
    /\bworkflow:? ?$/i.test(before) || /^ workflow\b/i.test(text.slice(start + length, start + length + 12))
  );
}

function metricOf(code: string, line: number, asked: ReadonlySet<string>): Proposal[] {
  const name = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{[^{}]*\})?$/.exec(code)?.[1];
  if (name === undefined || !name.includes('_')) return [];
  const labelled = code.endsWith('}');
  return labelled || asked.has(name) || metricEnding.test(name) ? [{ line, from: 'metric', what: name }] : [];
}

function testOf(command: string): Pick<Proposal, 'from' | 'what'> | null {
  const bare = command.replace(/\s+2>&1.*$|\s*\|.*$|\s*&&\s*\\?$/g, '').trim();
  return /^(?:cargo (?:nextest run|test)|go test|npm (?:run )?test|npx (?:vitest|jest|playwright)|pytest|make [\w-]*test[\w-]*|just [\w-]*test[\w-]*|forge test)\b/.test(
    bare,
  )
    ? { from: 'test', what: bare }
    : null;
}

/** A workflow that GitHub's command line is asked about: `gh run list --workflow gate.yml`, `gh workflow run gate.yml`. */
function workflowOf(command: string): Pick<Proposal, 'from' | 'what'> | null {
  if (!/^gh (?:run|workflow) /.test(command)) return null;
  const [, quoted, bare] =
    /(?:\s(?:--workflow[= ]|-w )|^gh workflow (?:run|view) )\s*(?:["']([^"']{2,100})["']|([\w.-]{2,100}))/.exec(
      command.slice(0, 1000),
    ) ?? [];
  const name = quoted ?? bare;
  return name === undefined ? null : { from: 'workflow', what: seen(name) };
}

/** What commands ask: metrics by name, tests, and each other command as it stands. Comments are not commands. */
export function proposalsOf(lines: readonly string[], first: number, namesOf: MetricNamesOf): Proposal[] {
  const text = lines.join('\n');
  const loops = /query=\$\{?\w|query=["']?\$/.test(text);
  const found: Proposal[] = [];
  for (const { line, command } of commandsOf(lines, first)) {
    const listed = loops ? /^["']?([a-zA-Z_:][a-zA-Z0-9_:]*)["']?$/.exec(command)?.[1] : undefined;
    const metrics = listed?.includes('_') ? [listed] : metricsOf(command, namesOf);
    if (metrics.length > 0) found.push(...metrics.map((what) => ({ line, from: 'metric' as const, what })));
    else {
      for (const part of command.split(/\s*&&\s*/)) {
        const test = testOf(part) ?? workflowOf(part);
        if (test) found.push({ line, ...test });
      }
    }
  }
  if (!found.some(({ from }) => from === 'metric' || from === 'test' || from === 'workflow')) {
    const [command] = commandsOf(lines, first);
    if (command) found.push({ line: command.line, from: 'command', what: seen(command.command) });
  }
  return found;
}

/** Commands without comments, each whole where lines are continued by a backslash. */
function commandsOf(lines: readonly string[], first: number): { line: number; command: string }[] {
  const found: { line: number; command: string }[] = [];
  let open: { line: number; command: string } | null = null;
  for (const [index, text] of lines.entries()) {
    const line: string = text.replace(/(?:^|\s)#.*$/, '').trim();
    const goesOn: boolean = line.endsWith('\\');
    const part = goesOn ? line.slice(0, -1).trimEnd() : line;
    if (open) open.command = `${open.command} ${part}`;
    else if (part !== '') {
      open = { line: first + index, command: part };
      found.push(open);
    }
    if (!goesOn) open = null;
  }
  return found;
}

/** Metrics that one command asks for: by a query, or by looking for a name in what a node exposes. */
function metricsOf(command: string, namesOf: MetricNamesOf): readonly string[] {
  const asked = [...queriesIn(command)].flatMap((expr) => namesOf(expr) ?? []);
  if (asked.length > 0) return asked.filter((name) => metricName.test(name));
  if (!/\/metrics\b/.test(command)) return [];
  const looked = /\|\s*(?:rg|grep|egrep)\s+(?:-\w+\s+)*["']?\^?([a-zA-Z_:][a-zA-Z0-9_:]*)/.exec(command)?.[1];
  return looked?.includes('_') ? [looked] : [];
}

function* queriesIn(command: string): Generator<string> {
  if (/\/api\/v1\/query/.test(command)) {
    for (const [, quoted, bare] of command.matchAll(/(?:"query=([^"]*)"|[?&'\s]query=([^'"&\s]+))/g)) {
      const expr = quoted ?? bare ?? '';
      yield decoded(expr);
    }
    for (const [, quoted = ''] of command.matchAll(/'query=([^']*)'/g)) yield decoded(quoted);
  }
  const wrapped =
    /^\s*(?:\w*prom\w*query\w*|promtool query \w+(?:\s+https?:\S+)?)\s+(?:'([^']*)'|"([^"]*)"|(\S+))/.exec(
      command,
    );
  if (wrapped) yield wrapped[1] ?? wrapped[2] ?? wrapped[3] ?? '';
}

function decoded(expr: string): string {
  try {
    return /%[0-9a-f]{2}/i.test(expr) ? decodeURIComponent(expr.replace(/\+/g, ' ')) : expr;
  } catch {
    return expr;
  }
}
