/**
 * An app that does nothing but hold its database: takes `startPostgres`'s options as JSON, says the outcome in one
 * line, and stops the server when it is asked to by a line on its input. Killed, it leaves the server behind.
 */
import { startPostgres } from './start.ts';

const outcome = await startPostgres(JSON.parse(process.argv[2] ?? '{}'));
process.stdout.write(`${JSON.stringify(outcome)}\n`);
if (outcome.kind === 'running') {
  process.stdin.once('data', async () => {
    await outcome.stop();
    process.exit(0);
  });
}
