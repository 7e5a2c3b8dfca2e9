// Writes the database client under lib/server/generated, from schema.prisma. Plain JavaScript, so that it
// runs on a fresh clone before anything is generated. `--force` writes it whatever the stamp says.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const project = dirname(here);
const schema = join(here, 'schema.prisma');
const generated = join(project, 'lib', 'server', 'generated');
const stampFile = join(generated, '.stamp');
const require = createRequire(import.meta.url);

const prismaPackage = require.resolve('prisma/package.json');
const { version } = JSON.parse(readFileSync(prismaPackage, 'utf8'));
const stamp = createHash('sha256').update(version).update('\0').update(readFileSync(schema)).digest('hex');

const current = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
if (current === stamp && !process.argv.includes('--force')) process.exit(0);

// Generating needs no schema engine, but the command line fetches one from the network unless it is told
// where one is. Any executable does; it is never run.
const scratch = mkdtempSync(join(tmpdir(), 'big-green-generate-'));
const stub = join(scratch, 'schema-engine');
writeFileSync(stub, '#!/bin/sh\nexit 1\n');
chmodSync(stub, 0o755);

const outcome = spawnSync(
  process.execPath,
  [join(dirname(prismaPackage), 'build', 'index.js'), 'generate', '--schema', schema, '--no-hints'],
  {
    cwd: project,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: stub,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  },
);
rmSync(scratch, { recursive: true, force: true });

if (outcome.status !== 0) {
  process.stderr.write(`${outcome.stdout ?? ''}${outcome.stderr ?? ''}`);
  process.stderr.write('The database client could not be generated from prisma/schema.prisma.\n');
  process.exit(1);
}
writeFileSync(stampFile, stamp);
