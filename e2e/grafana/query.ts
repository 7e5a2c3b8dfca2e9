import { z } from 'zod';

const querySchema = z.object({
  from: z.string(),
  to: z.string(),
  queries: z.array(
    z.object({
      refId: z.string(),
      datasource: z.object({ uid: z.string(), type: z.string().optional() }),
      expr: z.string(),
      instant: z.boolean().optional(),
      intervalMs: z.number().optional(),
    }),
  ),
});

const promSchema = z.object({
  status: z.string(),
  error: z.string().optional(),
  data: z
    .object({
      result: z.array(
        z.object({
          metric: z.record(z.string(), z.string()),
          value: z.tuple([z.number(), z.string()]).optional(),
          values: z.array(z.tuple([z.number(), z.string()])).optional(),
        }),
      ),
    })
    .optional(),
});

/**
 * Answers `POST /api/ds/query` from a real Prometheus, as Grafana's Prometheus data source does: its own variables
 * filled in, a frame a series, NaN and infinities as null with their places beside.
 */
export async function answerQueries(
  body: unknown,
  prometheus: (uid: string) => string | null,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const read = querySchema.safeParse(body);
  if (!read.success) return { status: 400, body: { message: 'bad request data' } };
  const rangeMs = rangeOf(read.data.from);
  const results: Record<string, { status: number; error?: string; frames?: unknown[] }> = {};
  for (const query of read.data.queries) {
    const url = prometheus(query.datasource.uid);
    if (url === null) return { status: 404, body: { message: 'data source not found' } };
    results[query.refId] = await answerOne(url, query, rangeMs);
  }
  const failed = Object.values(results).filter(({ status }) => status !== 200).length;
  // One failed query fails the whole answer's status; the others' data is there all the same.
  return { status: failed === 0 ? 200 : 400, body: { results } };
}

async function answerOne(
  url: string,
  query: z.infer<typeof querySchema>['queries'][number],
  rangeMs: number,
): Promise<{ status: number; error?: string; frames?: unknown[] }> {
  const stepSeconds = Math.max(1, Math.trunc((query.intervalMs ?? 15_000) / 1000));
  const expr = query.expr
    .replaceAll(/\$\{?__rate_interval\}?/g, `${Math.max(60, stepSeconds * 4)}s`)
    .replaceAll(/\$\{?__interval\}?/g, `${stepSeconds}s`)
    .replaceAll(/\$\{?__range\}?/g, `${Math.trunc(rangeMs / 1000)}s`);
  const now = Date.now() / 1000;
  const form = query.instant
    ? { query: expr, time: String(now) }
    : { query: expr, start: String(now - rangeMs / 1000), end: String(now), step: String(stepSeconds) };
  const path = query.instant ? 'query' : 'query_range';
  try {
    const answer = await fetch(`${url}/api/v1/${path}`, { method: 'POST', body: new URLSearchParams(form) });
    const read = promSchema.parse(await answer.json());
    if (read.status !== 'success') return { status: answer.status, error: read.error ?? 'query failed' };
    return { status: 200, frames: (read.data?.result ?? []).map(frameOf) };
  } catch (error) {
    return {
      status: 502,
      error: `Post "${url}/api/v1/${path}": ${error instanceof Error ? error.message : ''}`,
    };
  }
}

function frameOf({
  metric,
  value,
  values,
}: {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string] | undefined;
  readonly values?: readonly (readonly [number, string])[] | undefined;
}): unknown {
  const points = values ?? (value ? [value] : []);
  const places = (word: string) => points.flatMap(([, text], index) => (text === word ? [index] : []));
  const entities = { NaN: places('NaN'), Inf: places('+Inf'), NegInf: places('-Inf') };
  const odd = Object.fromEntries(Object.entries(entities).filter(([, at]) => at.length > 0));
  return {
    schema: {
      fields: [
        { name: 'Time', type: 'time', typeInfo: { frame: 'time.Time' } },
        { name: 'Value', type: 'number', typeInfo: { frame: 'float64' }, labels: metric },
      ],
    },
    data: {
      values: [
        points.map(([at]) => Math.round(at * 1000)),
        points.map(([, text]) => (Number.isFinite(Number(text)) ? Number(text) : null)),
      ],
      ...(Object.keys(odd).length > 0 ? { entities: [null, odd] } : {}),
    },
  };
}

/** `now-3600s`, in milliseconds. */
function rangeOf(from: string): number {
  const seconds = /^now-(\d+)s$/.exec(from)?.[1];
  return (seconds === undefined ? 3600 : Number(seconds)) * 1000;
}
