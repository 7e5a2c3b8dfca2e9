import { readEnvironment } from '../env.ts';
import { startHouse } from './start.ts';

/** `npm start` and `npm run dev`: the house until Ctrl-C; a second one ends it without waiting. */
const env = readEnvironment();
if (env.kind !== 'environment') {
  console.error(env.message);
  process.exit(1);
}
const log = (text: string) => console.error(text);
const stopped = new AbortController();

let ending = false;
function end(code: number): void {
  if (ending) {
    void house.then((running) => running.kind === 'running' && running.kill());
    setTimeout(() => process.exit(130), 200);
    return;
  }
  ending = true;
  stopped.abort();
  void house.then(async (running) => {
    if (running.kind === 'running') await running.stop();
    process.exit(code);
  });
}
process.on('SIGINT', () => end(0));
process.on('SIGTERM', () => end(0));
process.on('SIGHUP', () => end(0));
// Whoever started this was killed.
process.on('disconnect', () => end(0));

const house = startHouse({
  env,
  dev: process.argv.includes('--dev'),
  log,
  gaveUp: (text) => {
    log(text);
    end(1);
  },
  signal: stopped.signal,
});
const running = await house;
if (running.kind === 'failed') {
  if (!ending) log(running.message);
  process.exit(ending ? 0 : 1);
}
if (!ending) {
  console.log(`Big Green is at ${running.address}`);
  console.log(running.home ? `Data in ${running.home}` : 'Data in the PostgreSQL of DATABASE_URL');
  console.log('It answers this machine only, since nobody can sign in yet. Ctrl-C stops it.');
}
