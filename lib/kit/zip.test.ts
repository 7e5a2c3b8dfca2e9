import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { kitFiles } from './kit.ts';
import { shippedText, specFrom } from './spec.fixture.ts';
import { zipOf } from './zip.ts';

/** Reads an archive from its end, as unpackers do: PKWARE APPNOTE 4.3. */
function read(bytes: Uint8Array) {
  const archive = Buffer.from(bytes);
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [size, nameLength, local] = [
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(from, from + size);
    expect(crc32(content)).toBe(archive.readUInt32LE(at + 16));
    const executable = ((archive.readUInt32LE(at + 38) >>> 16) & 0o100) !== 0;
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    return { path, text: content.toString('utf8'), executable };
  });
}

test('every file comes out as it went in, with its name and mode', () => {
  const files = [...kitFiles(specFrom(shippedText)), { path: 'ünï/x', text: 'ö\n', executable: false }];
  expect(read(zipOf(files))).toEqual(files.map(({ path, text, executable }) => ({ path, text, executable })));
  expect(read(zipOf([]))).toEqual([]);
});

test('the same files give the same bytes', () => {
  const files = kitFiles(specFrom(shippedText));
  expect(Buffer.from(zipOf(files)).equals(Buffer.from(zipOf(files)))).toBe(true);
});
