import { runChecks } from './check-steps.ts';

const steps = await runChecks((text) => console.log(text));
process.exitCode = steps.every(({ ok }) => ok) ? 0 : 1;
