import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakePrometheus, fakePrometheus, success } from '#lib/sources/prometheus/fake.fixture.ts';
import { moveSource } from './move-source.ts';
import { type ShippedLaunch, shippedLaunch } from './shipped-launch.fixture.ts';
import { sourceKey } from './source-addresses.ts';
import { viewKit } from './view-kit.ts';

const rule = {
  ...{ type: 'alerting', name: 'TreasuryBacklogHigh', query: 'up == 0', duration: 0, alerts: [] },
  ...{ labels: {}, annotations: {}, health: 'ok', state: 'inactive', lastEvaluation: '' },
};
let launch: ShippedLaunch;
let prometheus: FakePrometheus;

beforeAll(async () => {
  prometheus = await fakePrometheus((path) =>
    path === 'rules'
      ? success({ groups: [{ name: 'launch', file: 'a.yml', interval: 15, rules: [rule] }] })
      : null,
  );
  launch = await shippedLaunch({ prometheus: prometheus.source.address });
});
afterAll(() => prometheus.stop());

async function ruleFile() {
  const seen = await viewKit('the-block', launch.house);
  if (!seen.ok) throw new Error(seen.problem.message);
  return seen.value.files.find(({ path }) => path === 'monitoring/alert.rules.yml');
}

test('what ran at the old address is never told of the new one', async () => {
  await launch.commitKit();
  await launch.look('prometheus');
  expect(await ruleFile()).toMatchObject({ drift: 'drifted', runs: [{ state: 'drifted' }] });
  const { specDigest: spec } = await launch.house.db.launch.findFirstOrThrow();
  const move = {
    to: 'http://127.0.0.1:1',
    launches: [{ launch: 'the-block', source: 'prometheus', spec }],
    token: null,
  };
  const moved = await moveSource(sourceKey('prometheus', prometheus.source.address), move, launch.house);
  expect(moved).toMatchObject({ ok: true });
  const unseen = { drift: 'unknown', runs: [{ state: 'unknown', seenAt: null, differences: [] }] };
  expect(await ruleFile()).toMatchObject(unseen);
  await launch.look('prometheus');
  expect(await ruleFile()).toMatchObject(unseen);
});
