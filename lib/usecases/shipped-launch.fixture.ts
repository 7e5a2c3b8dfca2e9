import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openDatabase } from '#lib/server/database.ts';
import type { House } from '#lib/server/house.ts';
import { createOutgoing } from '#lib/server/outgoing/outgoing.ts';
import { scratchDatabase } from '#lib/server/postgres/scratch.ts';
import { testSeal } from '#lib/server/seal.fixture.ts';
import {
  removeFolders,
  repository,
  type TestRepository,
} from '#lib/sources/repository/repository.fixture.ts';
import { adoptSpec } from './adopt-spec.ts';
import { collect } from './collect.ts';
import { launchKit } from './launch-kit.ts';
import { pinCandidate } from './pin-candidate.ts';

export const shipped = readFileSync(new URL('../../launches/the-block.yaml', import.meta.url), 'utf8');
const id = 'the-block';
/** Nobody listens there. */
const nowhere = 'http://127.0.0.1:1';

/** The shipped launch, adopted over a repository and a database of its own; both end with the test file. */
export interface ShippedLaunch {
  readonly house: House;
  readonly there: TestRepository;
  /** Commits the launch's own kit, each file as `change` makes it, and moves the candidate there. */
  readonly commitKit: (change?: (path: string, text: string) => string) => Promise<void>;
  /** Asks the sources of these kinds once. */
  readonly look: (...kinds: readonly string[]) => Promise<void>;
}

export async function shippedLaunch({
  prometheus = nowhere,
  text = shipped,
}: {
  readonly prometheus?: string;
  readonly text?: string;
} = {}): Promise<ShippedLaunch> {
  const scratch = await scratchDatabase();
  const outgoing = createOutgoing({ allow: ['127.0.0.0/8'] });
  const cacheDir = mkdtempSync(join(tmpdir(), 'shipped-test-'));
  const house = { db: openDatabase(scratch.appUrl), outgoing, seal: testSeal, now: Date.now, cacheDir };
  afterAll(async () => {
    await house.db.$disconnect();
    await outgoing.close();
    await scratch.drop();
    removeFolders();
    rmSync(cacheDir, { recursive: true, force: true });
  });
  const there = repository();
  there.write('README.md', 'The node.\n');
  there.commit();
  const addresses = { repository: there.path, prometheus, node: nowhere };
  const adopted = await adoptSpec({ text, name: 'the-block.yaml', addresses }, house);
  if (!adopted.ok) throw new Error(adopted.problem.message);
  const look = async (...kinds: readonly string[]) => {
    for (const { key, kind } of await house.db.source.findMany()) {
      if (kinds.includes(kind)) await collect(key, house);
    }
  };
  const commitKit: ShippedLaunch['commitKit'] = async (change = (_, content) => content) => {
    const kit = await launchKit(id, house);
    if (!kit.ok) throw new Error(kit.problem.message);
    for (const file of kit.value.files) there.write(file.path, change(file.path, file.text));
    there.commit();
    await pinCandidate(id, {}, house);
  };
  return { house, there, look, commitKit };
}
