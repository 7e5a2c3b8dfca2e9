/** A way in which a Prometheus may misbehave, and what its sentence must say. */
export interface BadBehaviour {
  readonly id: string;
  /** Path of the hostile server. */
  readonly path: string;
  readonly says: RegExp;
  readonly verdict: 'unknown' | 'pass';
}

/** So many answer a byte a second: more than there are turns in any lane of the worker. */
const slow = 8;

const bad = (id: string, path: string, says: RegExp, verdict: BadBehaviour['verdict'] = 'unknown') => {
  return { id, path, says, verdict };
};

export const badBehaviours: readonly BadBehaviour[] = [
  bad('html', '/html', /web page \(HTML\)/),
  bad('half-a-json', '/half', /breaks off after \d+ characters/),
  bad('nan-in-json', '/nan', /holds NaN, which is not JSON/),
  bad('nan-as-value', '/prometheus-nan', /NaN/),
  bad('status-error', '/prometheus-error', /refused the query \(bad_data\): unknown function/),
  bad('warnings', '/prometheus-warnings', /Prometheus warned: “partial answer/),
  bad('gzip-bomb', '/gzip-bomb', /inflates over 150 times: not read/),
  bad('100-mb', '/100mb', /more than 16 MiB, which is not read/),
  bad('100-mb-unannounced', '/100mb-unannounced', /more than 16 MiB, which is not read/),
  bad('redirect-to-another-host', '/redirect-other', /redirect/),
  bad('redirect-to-metadata', '/redirect-metadata', /redirect/),
  bad('redirect-loop', '/redirect-loop', /redirect/),
  ...Array.from({ length: slow }, (_, n) =>
    bad(
      `byte-a-second-${n + 1}`,
      `/byte-a-second/${n + 1}`,
      /sent only \d+ bytes and did not finish within 10 s/,
    ),
  ),
];
