import { type Coverage, coverageOnce } from '#lib/usecases/coverage-once.ts';
import { readArguments } from './arguments.ts';
import { type Exit, exit, wrong } from './exit.ts';
import { outgoingFor } from './outgoing-for.ts';
import { plain, readSpecFile, refused } from './read-spec-file.ts';

const options = {
  prometheus: { type: 'string' },
  spec: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `coverage`: which of the declared metrics one Prometheus carries. */
export async function coverageCommand(args: readonly string[]): Promise<Exit> {
  const read = readArguments(args, options);
  if (!read.ok) return wrong(read.message);
  const { prometheus, json } = read.values;
  const [path, ...more] = [...(read.values.spec ? [read.values.spec] : []), ...read.positionals];
  if (!prometheus || !path || more.length > 0) {
    return wrong('Say where and what: coverage --prometheus URL FILE.');
  }
  if (!/^https?:/.test(prometheus) || !URL.canParse(prometheus))
    return wrong(`“${prometheus}” is no URL: write http://HOST:9090.`);
  const spec = await readSpecFile(path);
  if (!spec.ok) return refused(path, spec.problem, json);
  const outgoing = outgoingFor([prometheus]);
  try {
    const coverage = await coverageOnce(spec.value, prometheus, { outgoing, now: Date.now });
    process.stdout.write(json ? `${JSON.stringify(coverage)}\n` : coverageText(coverage));
    return exitOf(coverage);
  } finally {
    await outgoing.close();
  }
}

/** An empty list covers nothing: it is not a pass. */
function exitOf({ total, missing, unknown }: Coverage): Exit {
  if (missing > 0) return exit.notReady;
  return unknown > 0 || total === 0 ? exit.cannotTell : exit.ready;
}

const words: Readonly<Record<string, string>> = { pass: 'ok', fail: 'MISSING', unknown: 'UNKNOWN' };

function coverageText(coverage: Coverage): string {
  const lines = coverage.metrics.map(({ metric, verdict, sentence }) => {
    const word = (words[verdict] ?? verdict).padEnd(8);
    return verdict === 'pass'
      ? `${word} ${plain(metric)}`
      : `${word} ${plain(metric)}\n         ${plain(sentence)}`;
  });
  return `${[...lines, '', summary(coverage)].join('\n')}\n`;
}

function summary({ covered, total, percent, missing, unknown, source }: Coverage): string {
  if (total === 0) return 'The spec declares no metric: there is nothing to cover, which is no pass.';
  const told = `${covered} of ${total} metrics (${percent} %) at ${plain(source)}`;
  const rest = [missing > 0 ? `${missing} missing` : '', unknown > 0 ? `${unknown} cannot be told` : ''];
  return [told, ...rest.filter((text) => text !== '')].join(', ');
}
