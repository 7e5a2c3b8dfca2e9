import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fileAt, judgeOver } from '#lib/checks/file.fixture.ts';
import { differences } from '#lib/checks/kit-file/differences.ts';
import { runbook } from '#lib/checks/runbook.ts';
import type { KitFile } from '#lib/domain/kit-file.ts';
import { kitFiles } from '#lib/kit/kit.ts';
import { patchOf } from '#lib/kit/patch.ts';
import { shippedText, specFrom } from '#lib/kit/spec.fixture.ts';
import { removeFolders, repository } from '#lib/sources/repository/repository.fixture.ts';
import { mergeDocument } from './merge-document.ts';
import { placeKitFiles } from './place-kit-files.ts';

afterAll(removeFolders);

const kit = `# Runbooks

Made by the kit.

## Stuck

Money stays.

### Symptoms

- The lag is high.

## Stalled

\`\`\`bash
# Look at it.
ask
\`\`\`
`;

function merge(there: string) {
  const merged = mergeDocument(kit, there);
  if (!merged.ok) throw new Error(merged.message);
  expect(differences({ format: 'markdown', text: kit }, merged.text)).toEqual({ ok: true, value: [] });
  expect(mergeDocument(kit, merged.text)).toEqual({
    ok: true,
    text: merged.text,
    replaced: [],
    appended: [],
  });
  return merged;
}
const section = (title: string) =>
  kit
    .slice(kit.indexOf(`## ${title}`))
    .split('\n\n## ')[0]
    ?.trimEnd() ?? '';

test('a section takes the place of the one of its title, and every other byte stays', () => {
  const before = '# Operations\n\n## Stuck\\?\n\nNot this one.\n\n```md\n## Stuck\n```\n\n';
  const after = '\n\n---\n\n<!-- ours -->\n<a id="own"></a>\n\n## Own  \n- x\t\n\n\n\n## Last';
  const merged = merge(
    `${before}## stuck\n\nOld words.\n\n### Old part\n\n# \`x\n`.replace('# `x\n', 'Text.') + after,
  );
  expect(merged.text).toBe(`${before}${section('Stuck')}${after}\n\n${section('Stalled')}\n`);
  expect([merged.replaced, merged.appended]).toEqual([['Stuck'], ['Stalled']]);
});

test.each([
  ['no newline at its end', '# Mine\n\nText.', '# Mine\n\nText.\n\n'],
  ['one', '# Mine\n', '# Mine\n\n'],
  ['an empty line', '# Mine\n\n', '# Mine\n\n'],
])('what is not there is added at the end of a document with %s', (_, there, kept) => {
  expect(merge(there).text).toBe(`${kept}${section('Stuck')}\n\n${section('Stalled')}\n`);
});

test('an empty document becomes the kit’s, and the kit’s own stays as it is', () => {
  expect(merge('\n').text).toBe(kit);
  expect(merge(kit).text).toBe(kit);
});

test('what says the same in other lines stays', () => {
  const laid = kit.replace('Money stays.', 'Money\nstays.').replace('- The', '* The');
  expect(merge(laid).text).toBe(laid);
});

test('a section keeps the rank that it has there', () => {
  const { text } = merge('# Operations\n\n## Runbooks\n\n### Stuck\n\nOld.\n\n### Other\n\n## End\n');
  expect(text).toContain(
    '## Runbooks\n\n### Stuck\n\nMoney stays.\n\n#### Symptoms\n\n- The lag is high.\n\n### Other\n\n## End\n',
  );
});

test('one section within another, lines that end in CR LF, and a byte order mark are kept apart', () => {
  const nested = merge('## Stuck\n\n### Stalled\n\nOld.\n\n## Own\n').text;
  expect(nested).toBe(`${section('Stuck')}\n\n## Own\n\n${section('Stalled')}\n`);
  const { text } = merge('\uFEFF# Mine\r\n\r\n## Stalled\r\n\r\nOld.\r\n\r\n## Own\r\n');
  const rest = `${section('Stalled')}\n\n## Own\n\n${section('Stuck')}\n`.replaceAll('\n', '\r\n');
  expect(text).toBe(`\uFEFF# Mine\r\n\r\n${rest}`);
});

test.each([
  ['a code block that is not closed', '# Mine\n\n```bash\nrun\n'],
  ['a comment that is not closed', '# Mine\n\n<!-- later\n'],
  ['more than is read', `# Mine\n\n${'words\n'.repeat(60_000)}`],
])('a document with %s is refused, and not spoilt', (_, there) => {
  expect(mergeDocument(kit, there).ok).toBe(false);
});

const file = (text: string): KitFile => ({
  path: 'docs/operations.md',
  part: 'runbooks',
  title: 'Runbooks',
  text,
  executable: false,
  format: 'markdown',
  corrections: [],
});

/** Applies the patch that puts a document's sections into a real repository, which has moved on since. */
function applied(own: KitFile, there: string, moved: (text: string) => string = (text) => text): string {
  const { path, git, write, commit } = repository();
  write(own.path, moved(there));
  commit();
  const present = new Map([[own.path, { text: there, executable: false }]]);
  const placed = placeKitFiles([own], present);
  if (!placed.ok) throw new Error(placed.message);
  const mail =
    patchOf(
      'L',
      placed.value.map((one) => one.file),
      present,
    ) ?? '';
  git('config', 'user.name', 'A');
  execFileSync('git', ['am', '--quiet'], {
    cwd: path,
    input: mail,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.org' },
  });
  expect(git('status', '--porcelain')).toBe('');
  return readFileSync(join(path, own.path), 'utf8');
}

describe('git am', () => {
  test('puts the sections into a document with others', () => {
    const there = '# Operations\n\nWords.\n\n## Stuck\n\nOld.\n\n## Own\n\nText';
    expect(applied(file(kit), there)).toBe(merge(there).text);
  });

  test('does so though other text has moved meanwhile', () => {
    const there = `# Operations\n\n${'Words.\n\n'.repeat(9)}## Stuck\n\nOld.\n\n## Own\n\nText\n`;
    const text = applied(file(kit), there, (old) =>
      old.replace('# Operations', '# Operations\n\nNew words.'),
    );
    expect(text).toBe(merge(there).text.replace('# Operations', '# Operations\n\nNew words.'));
  });

  test('does so in a document whose lines end in CR LF, with a byte order mark and `=` in it', () => {
    const there = '\uFEFF# Operations\r\n\r\nä=3D \r\n\r\n## Stuck\r\n\r\nOld.\r\n\r\n## Own\r\n';
    expect(applied(file(kit), there)).toBe(merge(there).text);
  });

  const real = new URL('../../../shared/reference/the-block/docs/operations.md', import.meta.url);
  test.skipIf(!existsSync(real))(
    'puts the shipped runbooks into the real document, with all else as it was',
    () => {
      const there = readFileSync(real, 'utf8');
      const runbooks = kitFiles(specFrom(shippedText)).find(({ path }) => path === 'docs/operations.md');
      if (!runbooks) throw new Error('no runbooks');
      const text = applied(runbooks, there);
      expect(differences(runbooks, text)).toEqual({ ok: true, value: [] });
      // Lines of the four runbooks in it, counted by hand. “# Ad market” on line 733 stands outside of its code block.
      const stood = [
        [243, 442],
        [446, 656],
        [660, 731],
        [800, 861],
      ] as const;
      const sections = runbooks.text.split(/\n+(?=## )/).slice(1);
      const lines = there.split('\n');
      const expected = stood
        .toReversed()
        .reduce(
          (all, [from, to], index) =>
            all.toSpliced(from - 1, to - from + 1, sections.at(-1 - index)?.trimEnd() ?? ''),
          lines,
        );
      expect(text).toBe(expected.join('\n'));
      const titles = sections.map((one) => one.slice(3, one.indexOf('\n')));
      const verdicts = titles.map((title) => {
        const parameters = { path: runbooks.path, section: title };
        return judgeOver(runbook, parameters, fileAt(runbooks.path, text)).verdict;
      });
      expect(verdicts).toEqual(['pass', 'pass', 'pass', 'pass']);
    },
  );
});

test('a document of the kit that is too long to be read in sections is told of', () => {
  const long = `# Runbooks\n\n## Stuck\n\n${'x'.repeat(256 * 1024)}\n`;
  expect(mergeDocument(long, '# Ours\n')).toEqual({
    ok: false,
    message: expect.stringContaining('kit’s own text it is over 256 Ki characters'),
  });
});
