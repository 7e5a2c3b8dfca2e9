import { z } from 'zod';
import { readAddresses, readArguments } from './arguments.ts';
import { type Exit, exit } from './exit.ts';
import { plain, readFileText } from './read-spec-file.ts';

const options = {
  server: { type: 'string' },
  shipped: { type: 'string' },
  repository: { type: 'string' },
  path: { type: 'string' },
  ref: { type: 'string' },
  commit: { type: 'string' },
  source: { type: 'string', multiple: true },
  item: { type: 'string' },
  track: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

type Values = { readonly [K in keyof typeof options]?: string | boolean | string[] | undefined };

/** The verbs that a running server carries out: adopting a spec, pinning the candidate, checking again. */
export async function serverCommand(
  verb: 'adopt' | 'candidate' | 'again',
  args: readonly string[],
): Promise<Exit> {
  const read = readArguments(args, options);
  if (!read.ok) return wrong(read.message);
  const server = (read.values.server ?? 'http://localhost:4400').replace(/\/$/, '');
  const request = await requestOf(verb, read.values, read.positionals);
  if ('message' in request) return wrong(request.message);
  return post(`${server}/api/launches${request.path}`, request.body, server);
}

type Request = { readonly path: string; readonly body: unknown } | { readonly message: string };

async function requestOf(verb: string, values: Values, [first]: readonly string[]): Promise<Request> {
  if (verb === 'adopt') return adoptRequest(values, first);
  if (!first) return { message: `Say which launch: ${verb} LAUNCH.` };
  const launch = `/${encodeURIComponent(first)}`;
  const { ref, commit, item, track } = values;
  if (verb === 'again') return { path: `${launch}/check`, body: { scope: given({ item, track }) } };
  return { path: `${launch}/candidate`, body: given({ ref, commit, dryRun: values['dry-run'] }) };
}

async function adoptRequest(values: Values, file: string | undefined): Promise<Request> {
  const pairs = readAddresses(Array.isArray(values.source) ? values.source : []);
  if (!pairs.ok) return pairs;
  const addresses = Object.keys(pairs.addresses).length > 0 ? { addresses: pairs.addresses } : {};
  const { shipped, repository, path, ref } = values;
  if (shipped) return { path: '', body: { shipped, ...addresses } };
  if (repository && path) return { path: '', body: { repository, path, ...given({ ref }), ...addresses } };
  if (!file)
    return { message: 'Say which spec: adopt FILE, --shipped NAME, or --repository ADDRESS --path PATH.' };
  const text = await readFileText(file);
  if (!text.ok) return { message: text.problem.message };
  return { path: '', body: { text: text.value, name: file, ...addresses } };
}

function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const answerSchema = z.looseObject({
  problem: z
    .object({
      message: z.string(),
      remedy: z.string().nullable(),
      faults: z.array(z.object({ line: z.number(), column: z.number(), message: z.string() })),
    })
    .exactOptional(),
});

async function post(url: string, body: unknown, server: string): Promise<Exit> {
  const headers = { 'content-type': 'application/json' };
  const sent = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
  if (!sent) return wrong(`Big Green does not answer at ${server}. Start it with "npm start".`);
  const answer = answerSchema.safeParse(await sent.json().catch(() => null));
  if (!answer.success)
    return wrong(`${server} answered with status ${sent.status}, and not as Big Green does.`);
  const { problem } = answer.data;
  if (problem) {
    const faults = problem.faults.map(
      ({ line, column, message }) => `line ${line}, column ${column}: ${message}`,
    );
    return wrong(
      [...faults, problem.message, problem.remedy ?? ''].map(plain).join('\n').trim(),
      exit.notReady,
    );
  }
  process.stdout.write(`${JSON.stringify(answer.data, null, 2)}\n`);
  return exit.ready;
}

function wrong(message: string, code: Exit = exit.wrongUse): Exit {
  process.stderr.write(`${message}\n`);
  return code;
}
