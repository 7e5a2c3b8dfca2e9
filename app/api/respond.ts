import type { Problem, Result } from '#lib/domain/problem.ts';

const statusOf: Readonly<Record<Problem['code'], number>> = {
  'invalid-input': 422,
  'too-large': 413,
  'not-found': 404,
  conflict: 409,
  refused: 403,
  'source-failed': 502,
  unavailable: 503,
};

/** The one place where what a use-case came to becomes HTTP. */
export function respond<T>(result: Result<T>, status: 200 | 202 = 200): Response {
  const headers = { 'cache-control': 'no-store' };
  if (result.ok) return Response.json(result.value, { status, headers });
  return Response.json({ problem: result.problem }, { status: statusOf[result.problem.code], headers });
}

/** The same for a value that is JSON text already. */
export function respondText(result: Result<string>): Response {
  if (!result.ok) return respond(result);
  return new Response(result.value, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

/** The same for what is saved as a file. */
export function respondDownload(
  result: Result<{ readonly name: string; readonly type: string; readonly body: BodyInit }>,
): Response {
  if (!result.ok) return respond(result);
  const { name, type, body } = result.value;
  return new Response(body, {
    headers: {
      'content-type': type,
      // Names of other alphabets stand in the second form (RFC 6266), which browsers prefer.
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
