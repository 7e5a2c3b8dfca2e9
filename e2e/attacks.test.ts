import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

/** Attacks that must fail, by the numbers that the titles of their tests begin with: “attack 22: hosts in disguise”. */
const attacks: Readonly<Record<number, string>> = {
  14: 'a webhook forged, replayed (also after a restart), out of order; its body encoded again',
  15: 'GitLab’s plain token compared in constant time',
  16: 'a YAML bomb of aliases, custom tags, a 10 MB spec, cycles between items, two items with one id',
  17: 'Markdown with javascript: and data: links, raw HTML, SVG, a million brackets',
  18: '<script>, ANSI and right-to-left marks in names, titles and label values',
  20: 'lone surrogates, NUL, names of letters that look alike',
  21: 'path traversal in paths of repositories and members of bundles, symbolic links',
  22: 'metadata and disguised addresses, a name that changes its meaning, redirects, user@host',
  23: 'a token sent after its source’s host was edited',
  24: 'CR and LF in a token or header',
  25: 'canary tokens in a log, page, event stream, export, error or column',
  30: 'something loaded from another host',
};

/** Titles of tests, and of groups of them, that begin with the number of an attack. */
function titlesIn(file: string): readonly { readonly number: number; readonly title: string }[] {
  const text = readFileSync(file, 'utf8');
  if (!/attack \d/.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: { number: number; title: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(test|describe)\b/.test(node.expression.getText(source))) {
      const [first] = node.arguments;
      const title = first && ts.isStringLiteralLike(first) ? first.text : '';
      const number = Number(/^attack (\d+): \S/.exec(title)?.[1]);
      if (number) found.push({ number, title });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = ['lib', 'e2e', 'app', 'components'].flatMap((part) =>
  readdirSync(part, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(test\.tsx?|e2e\.ts)$/.test(name))
    .map((name) => join(part, name)),
);
/** From where a runner takes tests: vitest.config.ts, playwright.config.ts. */
const taken = /^(lib|e2e|components|app)\/.*\.test\.tsx?$|^e2e\/journeys\/[^/]*\.e2e\.ts$/;
const shown = files.flatMap((file) => titlesIn(file).map((one) => ({ ...one, file })));

describe.each(Object.entries(attacks))('attack %s, %s, is shown', (number) => {
  const own = shown.filter((one) => one.number === Number(number));
  test.each(own)('by $file, “$title”', ({ file }) => expect(file).toMatch(taken));
  test('at least once', () => expect(own.length).toBeGreaterThan(0));
});

test('no test names an attack that is none', () => {
  expect(shown.filter(({ number }) => attacks[number] === undefined)).toEqual([]);
});
