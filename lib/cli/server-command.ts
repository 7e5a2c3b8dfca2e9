import { z } from 'zod';
import type { Problem } from '#lib/domain/problem.ts';
import { readSpec } from '#lib/usecases/read-spec.ts';
import { answerWords, type ServerVerb } from './answer-words.ts';
import { readAddresses, readArguments } from './arguments.ts';
import { type Exit, exit, wrong } from './exit.ts';
import { localAddresses } from './local-addresses.ts';
import { plain, readFileText, tellProblem } from './read-spec-file.ts';

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
  json: { type: 'boolean' },
} as const;

type Values = { readonly [K in keyof typeof options]?: string | boolean | string[] | undefined };

/** The verbs that a running server carries out: adopting a spec, pinning the candidate, checking again. */
export async function serverCommand(verb: ServerVerb, args: readonly string[]): Promise<Exit> {
  const read = readArguments(args, options);
  if (!read.ok) return wrong(read.message);
  const server = (read.values.server ?? 'http://localhost:4400').replace(/\/+$/, '');
  if (!/^https?:\/\//.test(server) || !URL.canParse(server))
    return wrong(`“${server}” is no URL: begin with http://, as in http://localhost:4400.`);
  const json = read.values.json ?? false;
  const request = await requestOf(verb, read.values, read.positionals);
  if ('message' in request) return wrong(request.message);
  if ('problem' in request) {
    tellProblem(request.file, request.problem, json);
    return request.problem.code === 'invalid-input' ? exit.notReady : exit.wrongUse;
  }
  return post(verb, request, server, json);
}

interface Post {
  readonly path: string;
  readonly body: unknown;
  /** The spec's file, where it is one of this machine. */
  readonly file?: string;
}

type Request = Post | { readonly message: string } | { readonly file: string; readonly problem: Problem };

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
  if (!text.ok) return { file, problem: text.problem };
  const read = readSpec(text.value, file);
  if (!read.ok) return { file, problem: read.problem };
  // The server runs in a folder of its own, where a relative path leads elsewhere.
  const local = localAddresses(read.value.spec, file, pairs.addresses);
  return { path: '', file, body: { text: text.value, name: file, addresses: local } };
}

function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

const problemSchema: z.ZodType<Problem> = z.object({
  code: z.enum(['invalid-input', 'not-found', 'conflict', 'refused', 'source-failed', 'unavailable']),
  message: z.string(),
  remedy: z.string().nullable(),
  faults: z.array(
    z.object({
      line: z.number(),
      column: z.number(),
      path: z.string(),
      message: z.string(),
      remedy: z.string().nullable(),
    }),
  ),
});

async function post(
  verb: ServerVerb,
  { path, body, file }: Post,
  server: string,
  json: boolean,
): Promise<Exit> {
  const headers = { 'content-type': 'application/json' };
  const url = `${server}/api/launches${path}`;
  const sent = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }).catch(() => null);
  if (!sent)
    return wrong(
      `Big Green does not answer at ${server}. Start it with "npm start", or say with --server where it is.`,
    );
  const answer: unknown = await sent.json().catch(() => null);
  const refused = z.object({ problem: problemSchema }).safeParse(answer);
  if (refused.success) {
    tellProblem(file ?? 'the spec', refused.data.problem, json);
    return exit.notReady;
  }
  const told = answerWords(verb, answer, server);
  if (!told) return wrong(`${server} answered with status ${sent.status}, and not as Big Green does.`);
  if (json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else process.stdout.write(`${told.words.map(plain).join('\n')}\n`);
  if (told.warning && !json) process.stderr.write(`${plain(told.warning)}\n`);
  return exit.ready;
}
