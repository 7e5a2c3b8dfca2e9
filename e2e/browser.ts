import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    const path = await packaged.executablePath();
    nameFonts(folder);
    return path;
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

/** Its own list of fonts names folders of Lambda alone, and without any font Chromium crashes: name those there are. */
function nameFonts(folder: string): void {
  const file = join(folder, 'fonts.conf');
  const fonts = ['/usr/share/fonts', join(folder, 'fonts')].map((dir) => `<dir>${escaped(dir)}</dir>`);
  const cache = `<cachedir>${escaped(join(folder, 'fonts-cache'))}</cachedir>`;
  const head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n';
  writeFileSync(file, `${head}<fontconfig>${fonts.join('')}${cache}</fontconfig>\n`);
  process.env.FONTCONFIG_FILE = file;
}

function escaped(path: string): string {
  return path.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
