import { expect, test } from 'vitest';
import { kitFiles } from './kit.ts';
import { shippedText, specFrom } from './spec.fixture.ts';

const files = kitFiles(specFrom(shippedText));
const text = files.find(({ part }) => part === 'readme')?.text ?? '';
/** The commands below a file's name. */
const commandsFor = (path: string) => text.split(`\n\`${path}\`\n\n\`\`\`bash\n`)[1]?.split('\n```')[0];
const placeOf = (path: string) =>
  text
    .split('\n')
    .find((line) => line.startsWith(`| \`${path}\` |`))
    ?.split(' | ')
    .at(-1);

test.each([
  ['.github/workflows/fast-mainnet.yml', 'actionlint .github/workflows/fast-mainnet.yml'],
  ['.gitlab-ci.yml', 'glab ci lint .gitlab-ci.yml'],
  ['monitoring/alert.rules.yml', 'promtool check rules monitoring/alert.rules.yml'],
  ['monitoring/rules.test.yml', 'promtool test rules monitoring/rules.test.yml'],
])('%s is checked by the tool that is made for it', (path, command) => {
  expect(commandsFor(path)).toBe(command);
});

test('it promises no links of alerts where the spec does not say where people read the repository', () => {
  const unlinked = kitFiles(specFrom(shippedText.replace(/^ {2}webBase: .*\n/m, '')));
  const readme = unlinked.find(({ part }) => part === 'readme')?.text ?? '';
  expect(readme).toContain('alerts carry no link to it');
  expect(readme).not.toContain('links of alerts lead');
});

test('it says where a file goes by what the file is, and names every one but itself', () => {
  expect(placeOf('docs/operations.md')).toContain('links of alerts lead to its sections');
  expect(placeOf('.gitlab-ci.yml')).toContain('required check');
  expect(placeOf('monitoring/alert.rules.yml')).toContain('rule_files');
  expect(placeOf('monitoring/rules.test.yml')).toContain('CI runs it');
  for (const { path, part } of files)
    if (part !== 'readme') expect([path, placeOf(path)]).not.toContain(undefined);
});
