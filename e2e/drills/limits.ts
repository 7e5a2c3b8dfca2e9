import { join } from 'node:path';
import { commitFiles } from '#e2e/github/objects.ts';
import { serveGithub } from '#e2e/github/serve.ts';
import { emptyWorld } from '#e2e/github/world.ts';
import { serveGitlab } from '#e2e/gitlab/serve.ts';
import { emptyGitlabWorld } from '#e2e/gitlab/world.ts';
import { startGrafana } from '#e2e/grafana/start.ts';
import { hold, wholePermissions } from '#e2e/grafana/world.ts';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import { adoptSpec } from '#lib/usecases/adopt-spec.ts';
import { collect } from '#lib/usecases/collect.ts';
import { setSourceToken } from '#lib/usecases/source-token.ts';
import type { DrillSite } from './drill.ts';
import { type LimitDoor, limitsOf, startLimitDoor } from './limit-door.ts';

const minuteMs = 60_000;
const hours = 24;
const token = 'of-this-drill-alone';

const spec = (at: Readonly<Record<string, string>>) => `format: big-green/v1
launch: { id: day, title: Day, target: { at: 2035-01-01T00:00:00Z } }
defaults: { every: 1m, maxAge: 5m }
phases: { launch: { title: Launch, at: 2035-01-01T00:00:00Z } }
roles: { sre: { title: Reliability, abbreviation: SRE } }
sources:
  github: { kind: github, address: '${at.github}' }
  gitlab: { kind: gitlab, address: '${at.gitlab}' }
  grafana: { kind: grafana, address: '${at.grafana}' }
dashboards: { d: { title: Drill, uid: drill, file: d.json, panels: { up: { title: Up, type: timeseries, queries: [{ expr: up }] } } } }
tracks:
  all:
    title: All
    lead: sre
    items:
      github: { title: GitHub, phase: launch, checks: [{ kind: ci-required, source: github, check: build, branch: main }] }
      gitlab: { title: GitLab, phase: launch, checks: [{ kind: ci-required, source: gitlab, check: build, branch: main }] }
      grafana: { title: Grafana, phase: launch, checks: [{ kind: dashboard, dashboard: d }] }
`;

/** A day by a simulated clock, in which each vendor limits once an hour and everybody wants to know every minute. */
export async function limits(site: DrillSite): Promise<void> {
  const beganMs = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
  let nowMs = beganMs;
  const now = () => nowMs;
  const { doors, costs, at } = await startVendors(site, now);
  const scratch = await scratchDatabase();
  site.undo(() => scratch.drop());
  const db = openDatabase(scratch.appUrl);
  site.undo(() => db.$disconnect());
  const open = (): House & { readonly end: () => Promise<void> } => {
    const outgoing = createOutgoing({ allow: ['127.0.0.0/8'], now });
    return {
      db,
      outgoing,
      seal: testSeal,
      now,
      cacheDir: join(site.folder, 'cache'),
      end: () => outgoing.close(),
    };
  };
  let house = open();
  const adopted = await adoptSpec({ text: spec(at), name: 'day.yaml' }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  const keys = (await db.source.findMany({ select: { key: true } })).map(({ key }) => key);
  for (const key of keys) await setSourceToken(key, token, house);
  let cost = 0;
  for (let minute = 0; minute < hours * 60 && !site.interrupted.aborted; minute += 1) {
    nowMs = beganMs + minute * minuteMs;
    const isFresh = minute === 0 || minute === 12 * 60 + 15;
    if (isFresh && minute > 0) {
      // Within limits of all three: what is in memory is lost, what was asked for is kept to.
      await house.end();
      house = open();
    }
    const before = costs();
    for (const key of keys) await collect(key, house);
    // What was told is asked for once anew after a restart, as soon as its limit lets it.
    if (minute > 2 && (minute < 12 * 60 + 15 || minute > 13 * 60)) cost += costs() - before;
  }
  await house.end();
  for (const [vendor, door] of Object.entries(doors)) sayDoor(site, vendor, door);
  const { requests } = doors.github.told();
  const words = `${cost} of ${requests} requests counted, but for the first look and the one after a restart`;
  site.promise('unchanged answers cost GitHub no rate limit', cost === 0, words);
}

function sayDoor(site: DrillSite, vendor: string, door: LimitDoor): void {
  const { requests, limits: told, early, onTheirWay, longestWaitMs } = door.told();
  const ways = limitsOf[vendor as keyof typeof limitsOf].map(({ what }) => what).join(', ');
  const counts = `${requests} requests, limited ${told} times (${ways}), ${onTheirWay} on their way when told`;
  site.promise(
    `${vendor}: 0 requests early in ${hours} simulated hours`,
    early === 0 && told === hours,
    `${early} early; ${counts}`,
  );
  const wait = `${longestWaitMs / 1000} s at most after a limit’s end`;
  site.promise(`${vendor}: it is asked again once it may be`, longestWaitMs <= 2 * minuteMs, wait);
}

type Vendor = keyof typeof limitsOf;

async function startVendors(
  site: DrillSite,
  now: () => number,
): Promise<{
  readonly doors: Readonly<Record<Vendor, LimitDoor>>;
  readonly at: Readonly<Record<Vendor, string>>;
  /** Requests that counted against GitHub's rate limit so far. */
  readonly costs: () => number;
}> {
  const [github, gitlab] = [emptyWorld(now()), emptyGitlabWorld(now())];
  const files = { '.gitlab-ci.yml': 'build: { script: [make] }\n' };
  for (const world of [github, gitlab])
    commitFiles(world, files, { message: 'Begin', at: new Date(now() - 3_600_000).toISOString() });
  github.tokens.set(
    token,
    new Set(['metadata', 'contents', 'actions', 'checks', 'statuses', 'administration']),
  );
  gitlab.tokens.set(token, 'Reporter');
  github.limit.most = 1_000_000;
  gitlab.limit.most = 1_000_000;
  const world = {
    dashboards: new Map(),
    libraryPanels: new Map(),
    dataSources: [{ uid: 'prometheus', name: 'Prometheus', type: 'prometheus', isDefault: true }],
    tokens: new Map([[token, wholePermissions]]),
  };
  hold(world, { uid: 'drill', title: 'Drill', panels: [] });
  const hub = await serveGithub(github, { now });
  const lab = await serveGitlab(gitlab, { now });
  const held = await startGrafana({ world, prometheus: () => null });
  const doors = {
    github: await startLimitDoor(hub.origin, limitsOf.github, now),
    gitlab: await startLimitDoor(lab.origin, limitsOf.gitlab, now),
    grafana: await startLimitDoor(held.url, limitsOf.grafana, now),
  };
  for (const { stop } of [hub, lab, held, ...Object.values(doors)]) site.undo(stop);
  const at = {
    github: `${doors.github.url}/${github.owner}/${github.repo}`,
    gitlab: `${doors.gitlab.url}/${gitlab.project}`,
    grafana: doors.grafana.url,
  };
  return { doors, at, costs: () => hub.asked.filter(({ counted }) => counted).length };
}
