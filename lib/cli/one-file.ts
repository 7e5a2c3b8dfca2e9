import { build } from 'esbuild';

/** Builds the whole command line into one file that needs Node 20.19 or later and nothing else. */
export async function buildOneFile(outfile: string): Promise<void> {
  await build({
    entryPoints: ['lib/cli/big-green.ts'],
    inject: ['lib/cli/older-node.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    conditions: ['react-server'],
    minifySyntax: true,
    legalComments: 'none',
    banner: {
      js: '#!/usr/bin/env node\nimport { createRequire as nodeRequire } from "node:module"; const require = nodeRequire(import.meta.url);',
    },
  });
}
