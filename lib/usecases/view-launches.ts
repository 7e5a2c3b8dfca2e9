import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '#lib/domain/problem.ts';
import type { LaunchesView, LaunchRow } from '#lib/domain/view.ts';
import { type House, house } from '#lib/server/house.ts';
import { readSpec } from './read-spec.ts';
import { viewBoard } from './view-board.ts';

/** Where specs are shipped. Both `npm` scripts and the built server run from the project's folder. */
const shippedFolder = join(process.cwd(), 'launches');

/** Every launch with what it comes to, and the shipped specs that none was begun from. */
export async function viewLaunches(at: House = house()): Promise<Result<LaunchesView>> {
  const rows = await at.db.launch.findMany({ orderBy: { targetAt: 'asc' }, select: { id: true } });
  const launches: LaunchRow[] = [];
  for (const { id } of rows) {
    const board = await viewBoard(id, at);
    if (!board.ok) continue;
    const { launch, readiness, burnup, sources, changesAt } = board.value;
    launches.push({
      id,
      title: launch.title,
      targetAt: launch.targetAt,
      readiness,
      candidate: launch.candidate,
      version: launch.version,
      trend: burnup.points.slice(-40).map(({ ready }) => ready),
      silentSources: sources.filter(({ silentSince }) => silentSince !== null).map(({ title }) => title),
      changesAt,
    });
  }
  const adopted = new Set(launches.map(({ id }) => id));
  const shipped = (await shippedSpecs()).filter(({ launch }) => !adopted.has(launch));
  const changes = launches.flatMap(({ changesAt }) => changesAt ?? []).sort();
  return {
    ok: true,
    value: {
      at: new Date(at.now()).toISOString(),
      changesAt: changes[0] ?? null,
      launches,
      shipped: shipped.map(({ file, title }) => ({ file, title })),
    },
  };
}

interface ShippedSpec {
  readonly file: string;
  readonly title: string;
  readonly launch: string;
}

async function shippedSpecs(): Promise<ShippedSpec[]> {
  const found: ShippedSpec[] = [];
  for (const file of await shippedFiles()) {
    const read = readSpec(await readFile(join(shippedFolder, file), 'utf8'), file);
    if (read.ok) found.push({ file, title: read.value.spec.launch.title, launch: read.value.spec.launch.id });
  }
  return found;
}

/** Names of the shipped specs' files, sorted. */
export async function shippedFiles(): Promise<string[]> {
  const files: string[] = await readdir(shippedFolder).catch(() => []);
  return files.filter((name) => name.endsWith('.yaml')).sort();
}

/** The text of a shipped spec; null when none has that name. */
export async function shippedSpecText(file: string): Promise<string | null> {
  return (await shippedFiles()).includes(file) ? readFile(join(shippedFolder, file), 'utf8') : null;
}
