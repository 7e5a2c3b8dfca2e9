import { existsSync } from 'node:fs';
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
  // Its package unpacks the libraries that a bare system lacks only where it believes to be on Lambda.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}
