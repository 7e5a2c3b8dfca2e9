import type { z } from 'zod';
import type { Result } from '#lib/domain/problem.ts';

/** The most a request may send: a spec is at most 1 MiB, and JSON escapes it. */
const maxBytes = 4 * 1024 * 1024;
/** Of more than that so much is taken in and thrown away: who still sends when the answer comes never reads it. */
const mostIgnored = 64 * 1024 * 1024;

/** Reads a JSON request body by its schema. Only JSON: a form of another site cannot send it without asking first. */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<Result<z.output<S>>> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/json\b/i.test(type)) return bad('Send JSON, with the content type application/json.');
  const text = await readText(request);
  if (text === null) return bad(`The request is over ${maxBytes} bytes.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return bad('The request is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  return bad(`${issue?.path.join('.') || 'The request'}: ${issue?.message ?? 'not as described'}.`);
}

async function readText(request: Request): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else if (bytes > mostIgnored) return null;
    else chunks.length = 0;
  }
  if (bytes > maxBytes) return null;
  return Buffer.concat(chunks).toString('utf8');
}

function bad(message: string): Result<never> {
  return { ok: false, problem: { code: 'invalid-input', message, remedy: null, faults: [] } };
}
