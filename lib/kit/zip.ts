import { crc32 } from 'node:zlib';
import type { KitFile } from '#lib/domain/kit-file.ts';

/** 1 January 1980, the first moment a ZIP can say: no clock is in the bytes. */
const firstDay = 0x21;
const utf8Names = 0x0800;
/** Version 2.0 of the format, made on Unix, so that modes of files count. */
const madeBy = 0x0314;
const needs = 20;

/** The files as a ZIP archive, stored as they are; the same bytes from the same files. Source: PKWARE APPNOTE 6.3.10. */
export function zipOf(files: readonly Pick<KitFile, 'path' | 'text' | 'executable'>[]): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, text, executable } of files) {
    const name = Buffer.from(path, 'utf8');
    const content = Buffer.from(text, 'utf8');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(needs, 0);
    shared.writeUInt16LE(utf8Names, 2);
    shared.writeUInt16LE(firstDay, 8);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(content.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), shared, name, content);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE((executable ? 0o100755 : 0o100644) * 0x10000, 6);
    entry.writeUInt32LE(offset, 10);
    const made = Buffer.alloc(2);
    made.writeUInt16LE(madeBy, 0);
    directory.push(Buffer.from('PK\x01\x02', 'latin1'), made, shared, entry, name);
    offset += 4 + shared.length + name.length + content.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(size, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...bodies, ...directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
