import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inheritedEnvironment, readEnvironment } from '#lib/server/env.ts';
import { findPrometheus } from '../prometheus/find.ts';
import { storyFile } from './place.ts';
import { startDemo } from './stack.ts';

const env = readEnvironment();
if (env.kind !== 'environment') {
  console.error(env.message);
  process.exit(1);
}
const log = (text: string) => console.error(text);
const folder = resolve('.big-green', 'demo');
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });

const prometheusBinary = await findPrometheus(env.prometheusBin);
if (!prometheusBinary) {
  log('There is no Prometheus on this machine: the items over it will be unknown, and say so.');
  log('On Debian or Ubuntu install it with: sudo apt-get install --no-install-recommends prometheus');
}
log('Starting the node, Prometheus, PostgreSQL, the worker and the pages …');
// Each demo begins anew, unless it was told where to keep what it learns.
const given = inheritedEnvironment().BIG_GREEN_DATA;
const dataDir = given ? given : join('.big-green', `demo-data-${process.pid}`);
const demo = await startDemo({ env: { ...env, dataDir: resolve(dataDir) }, folder, prometheusBinary, log });
if ('message' in demo) {
  log(demo.message);
  process.exit(1);
}
await writeFile(storyFile, demo.storyUrl);
console.log(`
The board of The Block is at   ${demo.address}
Its story is driven at         ${demo.storyUrl}
or with                        npm run -s demo:story -- next

It answers this machine only. Ctrl-C stops everything.`);

let ending = false;
async function end(): Promise<void> {
  if (ending) process.exit(130);
  ending = true;
  log('Stopping …');
  if (!('message' in demo)) await demo.stop();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}
process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());
process.on('SIGHUP', () => void end());
