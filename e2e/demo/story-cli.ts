import { readFile } from 'node:fs/promises';
import { storyFile } from './place.ts';
import { steps } from './story.ts';

const step = process.argv.slice(2).join(' ').trim();
const known = steps.map(({ name, words }) => `  ${name.padEnd(18)}${words}`).join('\n');
const url = await readFile(storyFile, 'utf8').catch(() => null);
if (step === '' || step === 'help') {
  console.log(`Say a step, or next:\n${known}`);
} else if (!url) {
  console.error('No demo is running here. Start it with "npm run demo".');
  process.exitCode = 1;
} else {
  const body = new URLSearchParams({ step });
  const answer = await fetch(`${url}/step`, { method: 'POST', body }).catch(() => null);
  console.log(answer ? (await answer.text()).trim() : 'The demo does not answer any more.');
  process.exitCode = answer?.ok ? 0 : 1;
}
