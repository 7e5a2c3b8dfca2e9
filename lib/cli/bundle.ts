import { mkdir, stat } from 'node:fs/promises';
import { buildOneFile } from './one-file.ts';

/** `npm run build`: the command line as one file. */
await mkdir('dist', { recursive: true });
await buildOneFile('dist/big-green.mjs');
const { size } = await stat('dist/big-green.mjs');
console.log(`dist/big-green.mjs, ${Math.trunc(size / 1024)} KiB`);
