import type { SourceFailure, SourceFailureKind } from '#lib/domain/failure.ts';
import { AddressRefused } from './connect.ts';

/** Builds a failure. `at` begins every sentence: who was asked, and where, without query or secrets. */
export function failure(
  kind: SourceFailureKind,
  message: string,
  status: number | null = null,
  retryAtMs: number | null = null,
): SourceFailure {
  return { kind, message, status, retryAt: retryAtMs === null ? null : new Date(retryAtMs).toISOString() };
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  // undici's parser leaves the code out where llhttp's number is none it knows.
  if ('name' in error && error.name === 'HTTPParserError') return 'HPE_INVALID';
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return '';
}

const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS/;
const closedCodes: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

/** True when the other side closed the connection under us. */
export function isClosedConnection(error: unknown): boolean {
  return closedCodes.has(codeOf(error));
}

/**
 * What a broken exchange means. `bytes` is what had arrived of the body; null: no answer had begun.
 * Codes are Node's, undici's and llhttp's.
 */
export function failureOfError(
  error: unknown,
  at: string,
  host: string,
  bytes: number | null,
): SourceFailure {
  if (error instanceof AddressRefused) return failure('refused', `${at} was not asked: ${error.message}`);
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
      return failure('unreachable', `${at} refused the connection: nothing listens there.`);
    case 'ENOTFOUND':
      return failure(
        'unreachable',
        `${at} cannot be found: no address is known for “${host}”; check the name.`,
      );
    case 'EAI_AGAIN':
      return failure('unreachable', `${at} cannot be found now: no name server answered for “${host}”.`);
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return failure('unreachable', `${at} cannot be reached: no route leads there from this machine.`);
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return failure(
        'timeout',
        `${at} did not take up the connection: a firewall may drop it, or the host is down.`,
      );
    case 'UND_ERR_HEADERS_OVERFLOW':
    case 'HPE_HEADER_OVERFLOW':
      return failure('too-large', `${at} answers with more than 32 KiB of headers: no source of ours does.`);
  }
  if (closedCodes.has(code)) {
    const when = bytes === null ? 'before it answered' : `in the middle of its answer, after ${bytes} bytes`;
    return failure(
      'unreachable',
      `${at} closed the connection ${when}: look at its log, or at a proxy between.`,
    );
  }
  if (certificateCode.test(code)) {
    return failure(
      'refused',
      `${at} shows a certificate that cannot be trusted (${code}): put its certificate right.`,
    );
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || code === 'EPROTO') {
    return failure('malformed', `${at} does not speak proper HTTP (${code}): check scheme and port.`);
  }
  return failure('unreachable', `${at} could not be read${code === '' ? '' : ` (${code})`}: try it by hand.`);
}

/** What a status that is no answer means. */
export function failureOfStatus(status: number, at: string, retryAtMs: number | null): SourceFailure {
  const said = `${at} answered ${status}`;
  switch (status) {
    case 401:
      return failure(
        'unauthorised',
        `${said}: it wants a sign-in; give this source a token that may read.`,
        status,
      );
    case 403:
      return failure(
        'unauthorised',
        `${said}: what we send may not read this; give the token the right to.`,
        status,
      );
    case 404:
    case 410:
      return failure('not-found', `${said}: nothing is at that path; check address and path.`, status);
  }
  if (status >= 500) {
    return failure('server-error', `${said}: it has trouble of its own; look at its log.`, status, retryAtMs);
  }
  return failure(
    'error-status',
    `${said}, which is no answer to what we ask: check address and path.`,
    status,
  );
}
