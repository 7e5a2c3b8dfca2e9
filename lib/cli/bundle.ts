import { mkdir, stat } from 'node:fs/promises';
import { build } from 'esbuild';

/** Builds `check`, `coverage`, `spec` and the rest of the command line into one file that needs Node and nothing else. */
await mkdir('dist', { recursive: true });
await build({
  entryPoints: ['lib/cli/big-green.ts'],
  outfile: 'dist/big-green.mjs',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  conditions: ['react-server'],
  minifySyntax: true,
  legalComments: 'none',
  banner: {
    js: '#!/usr/bin/env node\nimport { createRequire as nodeRequire } from "node:module"; const require = nodeRequire(import.meta.url);',
  },
});
const { size } = await stat('dist/big-green.mjs');
console.log(`dist/big-green.mjs, ${Math.trunc(size / 1024)} KiB`);
