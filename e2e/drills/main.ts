import { drills } from './registry.ts';
import { runDrill } from './run-drill.ts';

/** `npm run drill`: lists the drills; with a name, runs one. Exit: 0 every promise held, 1 one did not, 3 wrong use. */
const [name, ...rest] = process.argv.slice(2);
if (name === undefined) {
  const width = Math.max(...drills.map((drill) => drill.name.length));
  for (const { name: one, about, takes } of drills) {
    console.log(`${one.padEnd(width)}  ${about}`);
    if (takes) console.log(`${''.padEnd(width)}  a number after it: ${takes}`);
  }
  console.log('\nRun one with: npm run drill -- NAME [NUMBER]');
  process.exit(0);
}
const drill = drills.find((one) => one.name === name);
const given = rest[0] === undefined ? null : Number(rest[0]);
const isNumber = given === null || (Number.isInteger(given) && given > 0 && given <= 1000);
if (!drill || rest.length > (drill.takes ? 1 : 0) || !isNumber) {
  const names = drills.map((one) => one.name).join(', ');
  const wrong = drill?.takes ? 'After its name stands one number, from 1 to 1000.' : 'One drill at a time.';
  console.error(drill ? wrong : `There is no drill "${name}". There are: ${names}.`);
  process.exit(3);
}
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
process.on('disconnect', () => interrupted.abort());
const held = await runDrill(drill, given, interrupted.signal);
process.exit(held ? 0 : 1);
