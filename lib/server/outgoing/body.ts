import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

export type BodyResult =
  | { readonly kind: 'whole'; readonly text: string; readonly bytes: number }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unknown-encoding'; readonly encoding: string }
  /** The compressed body does not decompress. */
  | { readonly kind: 'garbled'; readonly encoding: string }
  /** The connection or the deadline ended it. */
  | { readonly kind: 'broken'; readonly error: unknown; readonly bytes: number };

class OverCap extends Error {}
class Garbled extends Error {}

/** Counts what goes through and stops at the cap, so that nothing behind it ever sees more. */
async function* capped(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new OverCap();
    yield chunk;
  }
}

/** `deflate` should be zlib (RFC 1950); some servers send it raw (RFC 1951). The first byte tells. */
function decoderFor(encoding: string, firstByte: number) {
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip();
  if (encoding === 'br') return createBrotliDecompress();
  return (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw();
}

async function* decompressed(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
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
      if (!decoder.write(next.value)) {
        await new Promise<void>((resolve) => {
          decoder.once('drain', resolve);
          decoder.once('close', resolve);
        });
      }
      next = await source.next();
    }
    decoder.end();
  })().catch((error: unknown) => {
    upstream = { error };
    decoder.destroy();
  });
  try {
    for await (const chunk of decoder) yield chunk as Buffer;
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
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<BodyResult> {
  const encoding = (contentEncoding ?? 'identity').trim().toLowerCase();
  const plain = encoding === 'identity' || encoding === '';
  if (!plain && !['gzip', 'x-gzip', 'deflate', 'br'].includes(encoding)) {
    body.on('error', () => undefined).destroy();
    return { kind: 'unknown-encoding', encoding };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const wire = capped(body, maxBytes);
    for await (const chunk of plain ? wire : capped(decompressed(wire, encoding), maxBytes)) {
      chunks.push(chunk);
      bytes += chunk.length;
    }
    return { kind: 'whole', text: Buffer.concat(chunks, bytes).toString('utf8'), bytes };
  } catch (error) {
    if (error instanceof OverCap) return { kind: 'too-large' };
    if (error instanceof Garbled) return { kind: 'garbled', encoding };
    return { kind: 'broken', error, bytes };
  } finally {
    body.on('error', () => undefined).destroy();
  }
}
