import { readEnvironment } from '../env.ts';
import { startHouse } from './start.ts';

const env = readEnvironment();
if (env.kind !== 'environment') {
  console.error(env.message);
  process.exit(1);
}
const log = (text: string) => console.error(text);
const running = await startHouse({
  env,
  dev: process.argv.includes('--dev'),
  log,
  gaveUp: (text) => {
    log(text);
    void end(1);
  },
});
if (running.kind === 'failed') {
  log(running.message);
  process.exit(1);
}
console.log(`Big Green is at ${running.address}`);
console.log('It answers this machine only, since nobody can sign in yet. Ctrl-C stops it.');

let ending = false;
async function end(code: number): Promise<void> {
  if (ending) process.exit(130);
  ending = true;
  if (running.kind === 'running') await running.stop();
  process.exit(code);
}
process.on('SIGINT', () => void end(0));
process.on('SIGTERM', () => void end(0));
process.on('SIGHUP', () => void end(0));
