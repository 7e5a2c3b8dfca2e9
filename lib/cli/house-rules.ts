import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const mostLines = 400;
// Parted, so that this file does not find itself.
const leftBehind = new RegExp(
  [
    'TO' + 'DO',
    'FIX' + 'ME',
    '(test|it|describe)\\.on' + 'ly\\(',
    '@ts-ig' + 'nore',
    '@ts-no' + 'check',
  ].join('|'),
);

/** Files over 400 lines and words that were to be gone before landing, a sentence each. */
export function houseRuleFaults(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((path) => /\.(ts|tsx|mjs|cjs|js|css)$/.test(path));
  return files.flatMap((path) => {
    const lines = readIfThere(path).split('\n');
    const long = lines.length > mostLines ? [`${path} has ${lines.length} lines: at most ${mostLines}.`] : [];
    const left = lines.flatMap((line, n) =>
      leftBehind.test(line) ? [`${path}:${n + 1} was left behind: ${line.trim()}`] : [],
    );
    return [...long, ...left];
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
