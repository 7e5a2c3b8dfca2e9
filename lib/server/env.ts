import { join } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

/** One entry of the outgoing allow-list: a host by name, or a range of addresses. */
export type AllowedTarget = { kind: 'host'; host: string } | { kind: 'range'; cidr: string };

const HOST =
  /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/i;

/** An empty variable is one that is not set: that is how shells and compose files unset one. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const schema = z
  .object({
    DATABASE_URL: optional(
      z.string().refine(isPostgresUrl, {
        message: 'wants an address such as postgresql://user:password@host:5432/database',
      }),
    ),
    BIG_GREEN_SECRET: optional(
      z.string().min(32, 'wants at least 32 characters; "openssl rand -base64 32" makes one'),
    ),
    BIG_GREEN_DATA: optional(z.string()),
    BIG_GREEN_ALLOW: optional(z.string()),
    BIG_GREEN_ALLOW_PLAIN_TOKENS: optional(z.string()),
    PORT: optional(z.coerce.number('wants a port').int('wants a port').min(0).max(65_535)),
    CHROMIUM_PATH: optional(z.string()),
    PROMETHEUS_BIN: optional(z.string()),
    LOG_LEVEL: optional(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])),
    CI: optional(z.string()),
    NODE_ENV: optional(z.string()),
    XDG_RUNTIME_DIR: optional(z.string()),
  })
  .superRefine((raw, context) => {
    if (raw.DATABASE_URL !== undefined && raw.BIG_GREEN_SECRET === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['BIG_GREEN_SECRET'],
        message:
          'is needed with DATABASE_URL, the same for every process on that database; "openssl rand -base64 32" makes one',
      });
    }
    for (const name of ['BIG_GREEN_ALLOW', 'BIG_GREEN_ALLOW_PLAIN_TOKENS'] as const) {
      for (const entry of listOf(raw[name])) {
        if (targetOf(entry) !== undefined) continue;
        context.addIssue({
          code: 'custom',
          path: [name],
          message: `names "${entry}", which is neither a host (prometheus.internal) nor a range (10.0.0.0/8)`,
        });
      }
    }
  });

export type Environment = {
  kind: 'environment';
  /** A PostgreSQL of one's own; undefined is the embedded one. */
  databaseUrl: string | undefined;
  /** Holds the installation together; undefined is a file of the embedded database's. */
  secret: string | undefined;
  /** Where the embedded database goes. */
  dataDir: string;
  /** Private addresses that sources may be at. */
  allow: AllowedTarget[];
  /** Other machines that tokens may go to over plain http. */
  allowPlainTokens: AllowedTarget[];
  port: number;
  /** Loopback, and nothing else, until people can sign in. */
  host: '127.0.0.1';
  chromiumPath: string | undefined;
  prometheusBin: string | undefined;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  ci: boolean;
  production: boolean;
  runtimeDir: string | undefined;
  /** Tokens for the command line without a server, by the source's id as variables write it: `BIG_GREEN_TOKEN_GIT_HUB`. */
  tokens: ReadonlyMap<string, string>;
};

/** What is wrong with the environment: one sentence each, naming the variable. */
export type EnvironmentFailure = { kind: 'bad-environment'; message: string; problems: string[] };

/** Parses an environment. Values of secrets are in no message. */
export function parseEnvironment(raw: Record<string, string | undefined>): Environment | EnvironmentFailure {
  const parsed = schema.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
    return { kind: 'bad-environment', message: problems.join('\n'), problems };
  }
  const is = parsed.data;
  return {
    kind: 'environment',
    databaseUrl: is.DATABASE_URL,
    secret: is.BIG_GREEN_SECRET,
    dataDir: is.BIG_GREEN_DATA ?? join(process.cwd(), '.big-green', 'data'),
    allow: targetsOf(is.BIG_GREEN_ALLOW),
    allowPlainTokens: targetsOf(is.BIG_GREEN_ALLOW_PLAIN_TOKENS),
    port: is.PORT ?? 4400,
    host: '127.0.0.1',
    chromiumPath: is.CHROMIUM_PATH,
    prometheusBin: is.PROMETHEUS_BIN,
    logLevel: is.LOG_LEVEL ?? 'info',
    ci: is.CI !== undefined && is.CI !== 'false' && is.CI !== '0',
    production: is.NODE_ENV === 'production',
    runtimeDir: is.XDG_RUNTIME_DIR,
    tokens: tokensOf(raw),
  };
}

const tokenPrefix = 'BIG_GREEN_TOKEN_';

function tokensOf(raw: Record<string, string | undefined>): ReadonlyMap<string, string> {
  const named = Object.entries(raw).filter(([name]) => name.startsWith(tokenPrefix));
  return new Map(
    named.flatMap(([name, token]) => (token ? [[name.slice(tokenPrefix.length), token] as const] : [])),
  );
}

/** A source's id as the name of a variable has it. */
export function variableOf(source: string): string {
  return source.toUpperCase().replaceAll('-', '_');
}

let parsedOnce: Environment | EnvironmentFailure | undefined;

/** This process's environment, read once. Entry points look at `kind` and say `message`. */
export function readEnvironment(): Environment | EnvironmentFailure {
  parsedOnce ??= parseEnvironment(process.env);
  return parsedOnce;
}

/** This process's environment where an entry point has already found it good. */
export function environment(): Environment {
  const read = readEnvironment();
  if (read.kind === 'environment') return read;
  throw new Error(read.message);
}

/** What a child process is given of this one's environment: all of it, as it came. */
export function inheritedEnvironment(): Readonly<Record<string, string | undefined>> {
  return { ...process.env };
}

function isPostgresUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname } = new URL(text);
  return /^postgres(ql)?:$/.test(protocol) && pathname.length > 1;
}

function targetsOf(text: string | undefined): AllowedTarget[] {
  return listOf(text).flatMap((entry) => targetOf(entry) ?? []);
}

/** One entry of a list, as it is written. */
export function targetText(target: AllowedTarget): string {
  return target.kind === 'host' ? target.host : target.cidr;
}

function listOf(text: string | undefined): string[] {
  return (text ?? '').split(',').flatMap((entry) => entry.trim() || []);
}

function targetOf(entry: string): AllowedTarget | undefined {
  if (ipaddr.isValidCIDR(entry)) return { kind: 'range', cidr: entry };
  if (ipaddr.isValid(entry)) {
    // "10" is an address to old parsers; only the usual four parts, or IPv6, are meant.
    if (!entry.includes(':') && !/^\d+\.\d+\.\d+\.\d+$/.test(entry)) return undefined;
    return { kind: 'range', cidr: `${entry}/${entry.includes(':') ? 128 : 32}` };
  }
  return HOST.test(entry) ? { kind: 'host', host: entry.toLowerCase() } : undefined;
}
