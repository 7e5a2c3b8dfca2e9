import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { tokens } from '#e2e/vendors/start.ts';
import { type Demo, test } from './demo-fixture.ts';
import { adoptHostile, evil, post, startEcho } from './hostile-launch.ts';

test.use({ demoOf: 'hostile' });

const items = ['script', 'picture', 'svg', 'link', 'held', 'runs'];
const screens = ['', '/coverage', '/ci', '/dashboards', '/kit'];
const pagesOf = (launch: string, ids: readonly string[]) =>
  [...screens, ...ids.map((id) => `/items/${id}`)].map((path) => `/launches/${launch}${path}`);
const pages = [
  '/',
  '/import',
  '/settings/sources',
  ...pagesOf('the-block', ['gate-runs', 'treasury-grafana']),
  ...pagesOf('hostile', items),
];
const kit = [
  '/kit/zip',
  '/kit/patch',
  '/kit/file?path=d.json',
  '/kit/text?path=d.json',
  '/kit/preview?dashboard=d',
];
const apis = [
  '/api/launches',
  '/api/sources',
  '/api/launches/none/board',
  ...['the-block', 'hostile'].flatMap((launch) =>
    ['/board', '/history', '/ci', '/dashboards', '/coverage', '/kit', ...kit].map(
      (path) => `/api/launches/${launch}${path}`,
    ),
  ),
  ...items.map((id) => `/api/launches/hostile/items/${id}`),
];

interface SourceTold {
  readonly key: string;
  readonly kind: string;
  readonly address: string;
  readonly lastAnsweredAt: string | null;
  readonly health: string;
}

async function sourcesAt(demo: Demo, url: string): Promise<readonly SourceTold[]> {
  const answer = (await (await fetch(`${demo.origin}/api/sources`)).json()) as {
    sources: readonly SourceTold[];
  };
  return answer.sources.filter(({ address }) => address.startsWith(url));
}

let echo: Awaited<ReturnType<typeof startEcho>>;
test.beforeAll(async ({ demo }) => {
  echo = await startEcho();
  await adoptHostile(demo, echo.url);
});
test.afterAll(() => echo.stop());

test('attack 17: raw HTML, SVG, scripts and links that run are words on every screen, and so is what turns the text', async ({
  page,
  demo,
}) => {
  await expect
    .poll(async () => (await sourcesAt(demo, echo.url)).filter(({ health }) => health === 'never-asked'), {
      timeout: 60_000,
    })
    .toEqual([]);
  test.setTimeout(300_000);
  for (const path of pages) {
    await page.goto(demo.origin + path);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    expect(await page.evaluate(() => 'pwned' in globalThis), path).toBe(false);
    expect(
      await page.locator('img, [onerror], [onload], [href^="javascript:" i], iframe, object').count(),
      path,
    ).toBe(0);
  }
  await page.goto(`${demo.origin}/launches/hostile/items/script`);
  await expect(page.getByText(`Item ${evil.script}`).first()).toBeVisible();
  const text = await page.locator('body').innerText();
  expect(text).toContain('a\\u{202E}b\\u{1B}[31m\\u{200B}c');
  expect(text).not.toContain('\u202e');
});

test('attack 25: canary tokens are on no page and in no answer, event stream, export, error, log or file on disk', async ({
  demo,
}) => {
  test.setTimeout(240_000);
  const canaries = new Map<string, string>();
  for (const { key, kind } of await sourcesAt(demo, echo.url)) {
    const canary = `canary-${kind}-5e7d0c2f`;
    const set = await post(`${demo.origin}/api/sources/${key}/token`, { token: canary });
    expect([set.status, set.text.includes(canary)]).toEqual([200, false]);
    canaries.set(kind, canary);
    const wrong = await post(`${demo.origin}/api/sources/${key}/token`, { token: `${canary} with more` });
    expect([wrong.status, wrong.text.includes(canary)]).toEqual([422, false]);
    if (kind !== 'github' && kind !== 'gitlab') continue;
    const hook = await post(`${demo.origin}/api/sources/${key}/hook`, { to: 'new' });
    canaries.set(`${kind}'s webhook`, (JSON.parse(hook.text) as { secret: string }).secret);
  }
  expect(canaries.size).toBe(7);
  const events = new AbortController();
  const heard: string[] = [];
  const hearing = hear(`${demo.origin}/api/events`, events.signal, heard);
  for (const { key } of await sourcesAt(demo, echo.url)) {
    const tested = await post(`${demo.origin}/api/sources/${key}/test`, {});
    heard.push(tested.text);
  }
  const used = [...canaries].filter(([what]) => !what.includes('webhook'));
  const isUsed = () => used.filter(([, canary]) => !echo.heard.has(`Bearer ${canary}`)).map(([what]) => what);
  await post(`${demo.origin}/api/launches/hostile/check`, { scope: {} });
  await expect.poll(isUsed, { timeout: 60_000 }).toEqual([]);
  // Two more turns of every source.
  await new Promise((resolve) => setTimeout(resolve, 12_000));

  const secrets = [
    ...canaries.values(),
    ...Object.values(tokens),
    ...secretFiles(demo).map(({ text }) => text.trim()),
  ];
  expect(secretFiles(demo)).toHaveLength(1);
  const forms = secrets.flatMap(formsOf);
  const told = (text: string) => forms.filter((form) => text.includes(form));
  for (const path of [...pages, ...apis]) {
    const answer = await fetch(demo.origin + path);
    expect(told(Buffer.from(await answer.arrayBuffer()).toString('latin1')), path).toEqual([]);
  }
  const wrong = await fetch(`${demo.origin}/api/hooks/sha256:${'0'.repeat(64)}`, {
    method: 'POST',
    body: '{}',
  });
  expect(told(await wrong.text())).toEqual([]);
  events.abort();
  await hearing;
  expect(heard.join('').length).toBeGreaterThan(100);
  expect(told(heard.join(''))).toEqual([]);
  expect(told(demo.said())).toEqual([]);
  for (const file of filesOf(demo).filter((one) => !isSecretFile(one))) {
    expect(told(readFileSync(file, 'latin1')), file).toEqual([]);
  }
  const node = await (await fetch(`${demo.origin}/api/launches/hostile/items/script`)).text();
  expect(node).toContain('[redacted]');
});

test('attack 30: no page loads anything from another host, or may', async ({ page, demo }) => {
  test.setTimeout(300_000);
  const loaded = new Set<string>();
  page.on('request', (request) => loaded.add(new URL(request.url()).origin));
  for (const path of pages) {
    const answer = await page.goto(demo.origin + path);
    const policy = answer?.headers()['content-security-policy'] ?? '';
    expect(policy, path).toContain("default-src 'self'");
    expect(policy, path).not.toMatch(/https?:|\*/);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  }
  expect([...loaded]).toEqual([demo.origin]);
});

/** A token as it is, and as it would be met in other clothes. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '').slice(0, -2)];
}

async function hear(url: string, signal: AbortSignal, into: string[]): Promise<void> {
  try {
    const { body } = await fetch(url, { signal });
    for await (const chunk of body ?? []) into.push(Buffer.from(chunk).toString());
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** All that the demo keeps: its own folder, and the database's where that is another. */
function filesOf({ folder, home }: Demo): readonly string[] {
  const all = [folder, home].flatMap((place) =>
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  return [...new Set(all)];
}

const isSecretFile = (file: string) => /\/secret$/.test(file);

function secretFiles(demo: Demo): readonly { readonly text: string }[] {
  return filesOf(demo)
    .filter(isSecretFile)
    .map((file) => ({ text: readFileSync(file, 'utf8') }));
}
