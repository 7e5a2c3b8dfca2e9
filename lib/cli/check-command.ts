import type { Spec } from '#lib/domain/spec.ts';
import { isSettled } from '#lib/domain/verdict.ts';
import type { BoardView, ItemRow } from '#lib/domain/view.ts';
import { type Environment, readEnvironment, variableOf } from '#lib/server/env.ts';
import { checkOnce } from '#lib/usecases/check-once.ts';
import { readAddresses, readArguments } from './arguments.ts';
import { type Exit, exit, wrong } from './exit.ts';
import { localAddresses } from './local-addresses.ts';
import { outgoingFor } from './outgoing-for.ts';
import { plain, readSpecFile, refused } from './read-spec-file.ts';

const options = {
  spec: { type: 'string' },
  source: { type: 'string', multiple: true },
  ref: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `check`: collects once, judges, prints the board. */
export async function checkCommand(args: readonly string[]): Promise<Exit> {
  const read = readArguments(args, options);
  if (!read.ok) return wrong(read.message);
  const { source = [], ref, json } = read.values;
  const [path, ...more] = [...(read.values.spec ? [read.values.spec] : []), ...read.positionals];
  if (!path || more.length > 0) return wrong('Say which spec: check FILE.');
  const given = readAddresses(source);
  if (!given.ok) return wrong(given.message);
  const spec = await readSpecFile(path);
  if (!spec.ok) return refused(path, spec.problem, json);
  const addresses = localAddresses(spec.value, path, given.addresses);
  const env = readEnvironment();
  if (env.kind !== 'environment') return wrong(env.message);
  const tokens = tokensFor(spec.value, env);
  const outgoing = outgoingFor([
    ...spec.value.sources.map(({ address }) => address),
    ...Object.values(addresses),
  ]);
  try {
    const input = { spec: spec.value, addresses, tokens, ...(ref === undefined ? {} : { ref }) };
    const board = await checkOnce(input, { outgoing, now: Date.now });
    if (!board.ok) return refused(path, board.problem, json);
    process.stdout.write(json ? `${JSON.stringify(board.value)}\n` : boardText(board.value));
    return exitOf(board.value);
  } finally {
    await outgoing.close();
  }
}

function tokensFor({ sources }: Spec, { tokens }: Environment): ReadonlyMap<string, string> {
  return new Map(
    sources.flatMap(({ id }) => {
      const token = tokens.get(variableOf(id));
      return token === undefined ? [] : [[id, token] as const];
    }),
  );
}

function exitOf({ readiness }: BoardView): Exit {
  if (readiness.kind === 'ready-for-review') return exit.ready;
  return readiness.kind === 'not-ready' ? exit.notReady : exit.cannotTell;
}

function boardText(board: BoardView): string {
  const { readiness } = board;
  const commit = board.launch.candidate?.commit.slice(0, 12) ?? 'no candidate';
  const head = [board.launch.title, readiness.title, readiness.why, `Candidate ${commit}`].map(plain);
  const tracks = board.tracks.map((track) => {
    const rows = track.items.map(
      (row) => `  ${wordOf(row)}  ${plain(row.title)}\n${' '.repeat(18)}${factOf(row)}`,
    );
    return [`${plain(track.title)}: ${track.ready} of ${track.blockers} blockers ready`, ...rows].join('\n');
  });
  const dark = board.sources.filter(({ health }) => !['answering', 'never-asked', 'unread'].includes(health));
  const sources = dark.map(({ title, message }) => `${plain(title)}: ${plain(message ?? '')}`);
  return `${[head.join('\n'), ...tracks, ...(sources.length > 0 ? [sources.join('\n')] : [])].join('\n\n')}\n`;
}

function wordOf(row: ItemRow): string {
  const level = row.level === 'blocker' || isSettled(row.state) ? row.state : `(${row.state})`;
  return level.padEnd(14);
}

function factOf({ fact }: ItemRow): string {
  return plain(`${fact.lead} ${fact.rest}`.trim());
}
