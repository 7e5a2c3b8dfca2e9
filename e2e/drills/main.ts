import { drills } from './registry.ts';
import { runDrill } from './run-drill.ts';

/** `npm run drill`: lists the drills; with a name, runs one. Exit: 0 every promise held, 1 one did not, 3 wrong use. */
const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  const width = Math.max(...drills.map((drill) => drill.name.length));
  for (const drill of drills) console.log(`${drill.name.padEnd(width)}  ${drill.about}`);
  console.log('\nRun one with: npm run drill -- NAME');
  process.exit(0);
}
const drill = drills.find((one) => one.name === name);
if (!drill || rest.length > 0) {
  const names = drills.map((one) => one.name).join(', ');
  console.error(drill ? 'One drill at a time.' : `There is no drill "${name}". There are: ${names}.`);
  process.exit(3);
}
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
process.on('disconnect', () => interrupted.abort());
const held = await runDrill(drill, interrupted.signal);
process.exit(held ? 0 : 1);
