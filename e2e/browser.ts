import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/** Headless, quiet, and without a word to other hosts. Root cannot use Chromium's sandbox. */
export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium of this machine: the one that is named, Playwright's own, the system's, or the one that came from npm. */
export async function chromiumPath(named: string | undefined): Promise<string> {
  for (const path of [named, chromium.executablePath(), '/usr/bin/chromium']) {
    if (path && existsSync(path)) return path;
  }
  return packagedChromium();
}

/** Unpacks the Chromium of `@sparticuz/chromium` once, in this clone: another user's in /tmp would be closed to us. */
async function packagedChromium(): Promise<string> {
  const folder = fileURLToPath(new URL('../.big-green/chromium', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const { TMPDIR } = process.env;
  // Its package unpacks the libraries that a bare system lacks only where it believes to be on Lambda.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  process.env.TMPDIR = folder;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}
