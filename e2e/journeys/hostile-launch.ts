import { createServer } from 'node:http';
import { onLoopback } from '../loopback.ts';
import type { Demo } from './demo-fixture.ts';

/** What a careless page would run, load or be turned round by. */
export const evil = {
  script: '<script>globalThis.pwned = 1</script>',
  picture: '<img src="http://203.0.113.7/x.png" onerror="globalThis.pwned = 1">',
  svg: '<svg onload="globalThis.pwned = 1"></svg>',
  link: '[look](javascript:globalThis.pwned=1)',
  turned: 'a\u202eb\u001b[31m\u200bc',
} as const;

/** A server that says everything back that it is told, in the words of every kind of source; evil besides. */
export async function startEcho(): Promise<{
  readonly url: string;
  readonly heard: ReadonlySet<string>;
  readonly stop: () => Promise<void>;
}> {
  const heard = new Set<string>();
  const server = createServer((request, response) => {
    const told = request.headers.authorization ?? 'nobody';
    heard.add(told);
    const path = request.url ?? '/';
    if (path.includes('/broken')) return response.writeHead(500).end(`no: ${told}`);
    if (path.includes('/moved'))
      return response.writeHead(302, { location: `/${encodeURIComponent(told)}` }).end();
    const said = { told, [told]: told, message: told, title: told, ...evil };
    const data = { resultType: 'vector', result: [{ metric: { ...evil, told }, value: [1, '1'] }] };
    const dashboard = { uid: 'x', title: told, panels: [{ title: told, type: evil.script }] };
    const body = { status: 'success', data, dashboard, meta: { url: '/d/x', folderTitle: told }, ...said };
    response.writeHead(200, { 'content-type': 'application/json', 'x-told': told }).end(JSON.stringify(body));
  });
  const { url, stop } = await onLoopback(server);
  return { url, heard, stop };
}

/** A launch whose sources are all that server, and whose titles are evil. */
export async function adoptHostile(demo: Demo, url: string): Promise<void> {
  const quoted = (text: string) => JSON.stringify(text);
  const check = (kind: string, more: string) => `checks: [{ kind: ${kind}, ${more} }]`;
  const endpoint = (path: string) =>
    check(
      'endpoint',
      `source: node, path: ${path}, assert: [{ at: /script, equals: no }, { at: /turned, equals: no }]`,
    );
  const text = `format: big-green/v1
launch: { id: hostile, title: ${quoted(`Launch ${evil.script}`)}, target: { at: 2035-01-01T00:00:00Z } }
defaults: { every: 5s, maxAge: 1m, confirm: 1 }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: ${quoted(evil.svg)}, abbreviation: SRE } }
sources:
  node: { kind: endpoint, title: ${quoted(`Node ${evil.picture}`)}, address: '${url}' }
  prometheus: { kind: prometheus, address: '${url}' }
  grafana: { kind: grafana, address: '${url}' }
  github: { kind: github, address: '${url}/owner/repo' }
  gitlab: { kind: gitlab, address: '${url}/group/project' }
metrics: { all: { some_metric: { type: gauge } } }
dashboards: { d: { title: ${quoted(evil.script)}, uid: x, file: d.json, panels: { p: { title: ${quoted(evil.svg)}, type: stat, queries: [{ expr: some_metric }] } } } }
tracks:
  all:
    title: ${quoted(`Track ${evil.link}`)}
    lead: sre
    items:
      script: { title: ${quoted(`Item ${evil.script}`)}, phase: launch, why: ${quoted(evil.picture)}, ${endpoint('/json')} }
      picture: { title: ${quoted(`Item ${evil.picture}`)}, phase: launch, why: ${quoted(evil.link)}, ${endpoint('/broken')} }
      svg: { title: ${quoted(`Item ${evil.svg}`)}, phase: launch, ${endpoint('/moved')} }
      link: { title: ${quoted(`Item ${evil.link}`)}, phase: launch, ${check('query', 'source: prometheus, expr: up, is: { above: 5 }')} }
      held: { title: Held, phase: launch, ${check('dashboard', 'dashboard: d')} }
      runs: { title: Runs, phase: launch, checks: [{ kind: ci-run, source: github, workflow: a.yml }, { kind: ci-run, source: gitlab }, { kind: ci-required, source: github, check: a }, { kind: file, source: gitlab, path: a }] }
`;
  await post(`${demo.origin}/api/launches`, { text, name: 'hostile.yaml' });
}

/** Posts JSON, and gives the answer's text whatever its status. */
export async function post(
  url: string,
  body: unknown,
): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, text: await answer.text() };
}
