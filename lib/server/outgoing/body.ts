import type { Readable, Writable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import { dropBody } from './dropped-bodies.ts';
import { largeBodyTurn } from './large-bodies.ts';

export type BodyResult =
  | { readonly kind: 'whole'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'too-large' }
  /** Inflates so far that it can only be meant to do harm. */
  | { readonly kind: 'bomb'; readonly encoding: string }
  | { readonly kind: 'unknown-encoding'; readonly encoding: string }
  /** The compressed body does not decompress. */
  | { readonly kind: 'garbled'; readonly encoding: string }
  /** The connection or the deadline ended it. */
  | { readonly kind: 'broken'; readonly error: unknown; readonly bytes: number };

class OverCap extends Error {}
class Bomb extends Error {}
class Garbled extends Error {}

/** Counts what goes through, tells the sum, and stops at the cap: nothing behind it ever sees more. */
async function* counted(
  chunks: AsyncIterable<Buffer>,
  maxBytes: number,
  tell: (sum: number) => void,
): AsyncGenerator<Buffer> {
  let sum = 0;
  for await (const chunk of chunks) {
    sum += chunk.length;
    if (sum > maxBytes) throw new OverCap();
    tell(sum);
    yield chunk;
  }
}

/** JSON of numbers and labels deflates 10 to 100 times; zeros 200 to 1 000 times. Short bodies may be as dense as they like. */
const bomb = { fromBytes: 8 * 1024 * 1024, ratio: 150 };

/** `deflate` should be zlib (RFC 1950); some servers send it raw (RFC 1951). The first byte tells. */
function decoderFor(encoding: string, firstByte: number) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  return (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

/** Waits until a decoder takes more, or is closed and never will. */
function roomIn(decoder: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      decoder.off('drain', done).off('close', done);
      resolve();
    };
    decoder.on('drain', done).on('close', done);
  });
}

/** Tells with each part how many compressed bytes went into it and those before: what waits to be fed counts for none. */
async function* decompressed(
  chunks: AsyncIterable<Buffer>,
  encoding: string,
  tell: (consumed: number) => void,
): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done) return;
  const decoder = decoderFor(encoding, first.value[0] ?? 0);
  let upstream: { readonly error: unknown } | null = null;
  // Reads only as fast as the decoder is emptied: a bomb is held back while it inflates.
  const feeding = (async () => {
    let next: IteratorResult<Buffer> = first;
    while (!next.done) {
      if (decoder.destroyed) return;
      if (!decoder.write(next.value)) await roomIn(decoder);
      next = await source.next();
    }
    decoder.end();
  })().catch((error: unknown) => {
    upstream = { error };
    decoder.destroy();
  });
  try {
    for await (const chunk of decoder) {
      tell(decoder.bytesWritten);
      yield chunk as Buffer;
    }
  } catch (error) {
    throw upstream ? (upstream as { error: unknown }).error : new Garbled(String(error));
  } finally {
    decoder.destroy();
  }
  await feeding;
  if (upstream) throw (upstream as { error: unknown }).error;
}

/**
 * Reads a response body to its end as UTF-8 (what is not becomes U+FFFD), at most `maxBytes` before and after
 * decompression. Stops and destroys the body at the first excess; never throws.
 */
export async function readBody(
  body: Readable,
  headers: Readonly<Record<string, string>>,
  maxBytes: number,
): Promise<BodyResult> {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const plain = encoding === 'identity' || encoding === '';
  if (!plain && !['gzip', 'x-gzip', 'deflate', 'br'].includes(encoding)) {
    body.on('error', () => undefined).destroy();
    return { kind: 'unknown-encoding', encoding };
  }
  if (plain && Number(headers['content-length'] ?? 0) > maxBytes) {
    body.on('error', () => undefined).destroy();
    return { kind: 'too-large' };
  }
  const turn = largeBodyTurn(body);
  const chunks: Buffer[] = [];
  let bytes = 0;
  let readBytes = 0;
  let consumed = 0;
  try {
    const wire = counted(body, maxBytes, (sum) => {
      readBytes = sum;
    });
    const read = plain
      ? wire
      : counted(
          decompressed(wire, encoding, (sum) => {
            consumed = sum;
          }),
          maxBytes,
          (sum) => {
            if (sum > bomb.fromBytes && sum > consumed * bomb.ratio) throw new Bomb();
          },
        );
    for await (const chunk of read) {
      chunks.push(chunk);
      bytes += chunk.length;
      await turn.at(bytes);
    }
    return { kind: 'whole', text: Buffer.concat(chunks, bytes).toString('utf8'), bytes };
  } catch (error) {
    if (error instanceof OverCap) return { kind: 'too-large' };
    if (error instanceof Bomb) return { kind: 'bomb', encoding };
    if (error instanceof Garbled) return { kind: 'garbled', encoding };
    return { kind: 'broken', error, bytes };
  } finally {
    turn.end();
    body.on('error', () => undefined).destroy();
    dropBody(readBytes + (plain ? 0 : bytes));
  }
}
