import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const mostLines = 400;
const parts = ['app', 'bench', 'components', 'e2e', 'lib', 'prisma', 'public', '.'];
/** Written by machines. */
const generated = /(^|\/)(node_modules|generated)\//;

// Parted, so that this file does not find itself.
const leftBehind = new RegExp(
  [
    '\\bTO' + 'DO\\b',
    '\\bFIX' + 'ME\\b',
    '\\b(it|test|describe|suite|bench)(\\.\\w+)*\\.(on' + 'ly|sk' + 'ip)\\(',
    '@ts-ig' + 'nore',
    '@ts-no' + 'check',
  ].join('|'),
);
/** A suppression that does not say why: only white space after its colon, or no colon. */
const unexplained = new RegExp(`biome-ig${'nore'}(-all|-start|-end)?\\s+[^:]*(:\\s*(\\*/.*)?)?$`);
const environment = new RegExp('process\\.e' + 'nv\\b');
/** One place reads the environment. Tests and what runs before it, or only sets a variable, are let be. */
const mayReadEnvironment = /^(lib\/server\/env\.ts|e2e\/.*|prisma\/.*|.*\.test\.ts|.*\.fixture\.ts|.*\.mjs)$/;

/** What a file breaks of the house's rules that no other tool looks at: a sentence each, with its place. */
export function faultsOf(path: string, text: string): string[] {
  const lines = text.split('\n');
  const count = text.endsWith('\n') ? lines.length - 1 : lines.length;
  const faults = count > mostLines ? [`${path} has ${count} lines: at most ${mostLines}.`] : [];
  for (const [index, line] of lines.entries()) {
    const place = `${path}:${index + 1}`;
    if (leftBehind.test(line)) faults.push(`${place} was left behind: ${line.trim()}`);
    if (unexplained.test(line)) faults.push(`${place} suppresses a rule without a reason: ${line.trim()}`);
    if (environment.test(line) && !mayReadEnvironment.test(path)) {
      faults.push(`${place} reads the environment: lib/server/env.ts alone does, once.`);
    }
  }
  return faults;
}

/** The faults of all files of ours. */
export function houseRuleFaults(): string[] {
  return parts
    .flatMap((part) => filesUnder(part, part !== '.'))
    .filter((path) => /\.(tsx?|[mc]?js|css)$/.test(path) && !generated.test(path))
    .flatMap((path) => faultsOf(path, readFileSync(path, 'utf8')));
}

function filesUnder(folder: string, deep: boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: deep, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}
