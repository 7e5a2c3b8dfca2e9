import type { Exposed } from './exposition.ts';

/** Bytes of a protobuf message: https://protobuf.dev/programming-guides/encoding/ */
function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

function field(number: number, bytes: readonly number[]): number[] {
  return [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
}

function whole(number: number, value: number): number[] {
  return [...varint(number * 8), ...varint(value)];
}

function double(number: number, value: number): number[] {
  return [...varint(number * 8 + 1), ...new Uint8Array(new Float64Array([value]).buffer)];
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1;
}

/**
 * A native histogram, which only the protobuf format can carry: one bucket that holds every observation. Message
 * `MetricFamily` of io/prometheus/client/metrics.proto in prometheus/client_model, delimited by its length.
 */
export function nativeHistogram(given: {
  readonly name: string;
  readonly count: number;
  readonly sum: number;
}): Exposed {
  const histogram = [
    ...whole(1, given.count),
    ...double(2, given.sum),
    ...whole(5, zigzag(3)),
    ...double(6, 1e-128),
    ...whole(7, 0),
    // One span of one bucket at offset 0, whose difference to the bucket before it is the count.
    ...field(12, [...whole(1, zigzag(0)), ...whole(2, 1)]),
    ...field(13, varint(zigzag(given.count))),
  ];
  const text = (value: string) => [...new TextEncoder().encode(value)];
  const family = [
    ...field(1, text(given.name)),
    ...field(2, text('one bucket')),
    ...whole(3, 4),
    ...field(4, field(7, histogram)),
  ];
  return {
    contentType:
      'application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited',
    body: new Uint8Array([...varint(family.length), ...family]),
  };
}
