// What of a clone is prepared already, and whose turn it is to prepare the rest.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const modules = join(root, 'node_modules');
const pagesStamp = join(root, '.next', 'big-green-sources');

/**
 * Whether node_modules holds what package-lock.json says, by the copy of the lock that npm writes there when it is
 * done (node_modules/.package-lock.json). Packages for other platforms may be missing.
 */
export function installed() {
  const there = readJson(join(modules, '.package-lock.json'))?.packages;
  const locked = readJson(join(root, 'package-lock.json'))?.packages;
  if (!there || !locked) return false;
  return Object.entries(locked).every(([path, { version, optional }]) => {
    if (path === '') return true;
    return there[path] ? there[path].version === version : optional === true;
  });
}

/** A digest of all that the pages are built from; undefined when the last build was of just that. */
export function pagesDigest() {
  const hash = createHash('sha256');
  const parts = ['app', 'components', 'lib', 'public', 'prisma/schema.prisma'];
  const settings = [
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'next.config.js',
    'postcss.config.mjs',
  ];
  for (const path of [...parts, ...settings].flatMap((part) => filesUnder(join(root, part)))) {
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  const digest = hash.digest('hex');
  return existsSync(pagesStamp) && readFileSync(pagesStamp, 'utf8') === digest ? undefined : digest;
}

/** Written empty before a build and whole after it, so that one that was cut short counts for nothing. */
export function writePagesDigest(digest) {
  mkdirSync(dirname(pagesStamp), { recursive: true });
  writeFileSync(pagesStamp, digest);
}

/**
 * Waits until no other command prepares this clone, and returns what ends this one's turn. Where nothing can be
 * written there are no turns: nothing can be prepared either.
 */
export async function takeTurn(onWait) {
  const file = join(root, '.big-green', 'preparing');
  let told = false;
  for (;;) {
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      const end = () => rmSync(file, { force: true });
      process.once('exit', end);
      return () => {
        process.off('exit', end);
        end();
      };
    } catch (error) {
      if (error.code !== 'EEXIST') return () => {};
    }
    if (!holderLives(file)) rmSync(file, { force: true });
    else if (!told) onWait();
    told = true;
    await sleep(200);
  }
}

function holderLives(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // Just made, and not written yet.
    if (!pid) return Date.now() - statSync(file).mtimeMs < 5000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return /\.(test|fixture)\.tsx?$/.test(path) ? [] : [path];
  if (path === join(root, 'lib', 'server', 'generated')) return [];
  return readdirSync(path)
    .sort()
    .flatMap((child) => filesUnder(join(path, child)));
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
