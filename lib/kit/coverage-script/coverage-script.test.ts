import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Exposition, startExposition } from '#e2e/prometheus/exposition.ts';
import { findPrometheus } from '#e2e/prometheus/find.ts';
import { type RunningPrometheus, startPrometheus } from '#e2e/prometheus/start.ts';
import type { MetricDeclaration, Spec } from '#lib/domain/spec.ts';
import { shippedText, specFrom } from '../spec.fixture.ts';
import { coverageScriptFiles } from './files.ts';

const runs = (program: string, ...args: string[]) => spawnSync(program, args, { input: '' }).status === 0;
const binary = await findPrometheus(process.env.PROMETHEUS_BIN);
const tools = ['curl', 'jq'].every((tool) => runs(tool, '--version'));
const shells = ['dash', 'bash'].filter((shell) => runs(shell, '-c', 'exit 0'));
const hasShellcheck = runs('shellcheck', '--version');
test.runIf(process.env.CI)('what the script is tried with is there', () => {
  expect({ prometheus: binary !== null, tools, shells, hasShellcheck }).toEqual({
    prometheus: true,
    tools: true,
    shells: ['dash', 'bash'],
    hasShellcheck: true,
  });
});

const shipped = specFrom(shippedText);
const folder = mkdtempSync(join(tmpdir(), 'big-green-coverage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function scriptFor(spec: Spec): string {
  const [file] = coverageScriptFiles(spec);
  const path = join(folder, `${spec.metrics.length}.sh`);
  writeFileSync(path, file?.text ?? '');
  return path;
}

interface Ran {
  readonly code: number | null;
  readonly lines: readonly string[];
  readonly said: string;
}

function run(
  shell: string,
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = {
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
      encoding: 'utf8' as const,
    };
    const child = execFile(shell, [script, ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, lines: stdout.trimEnd().split('\n'), said: stderr });
    });
  });
}

/** What a node that emits all of these would show: every required value, every part of a histogram. */
function exposed(metrics: readonly MetricDeclaration[]): string {
  return metrics
    .map(({ name, type, labels }) => {
      const sets = labels.reduce<readonly string[]>(
        (made, label) =>
          made.flatMap((set) =>
            (label.required.length > 0 ? label.required : ['x']).map(
              (value) => `${set}${label.name}="${value}",`,
            ),
          ),
        [''],
      );
      const kind = type === 'histogram' ? 'histogram' : type === 'counter' ? 'counter' : 'gauge';
      const series = sets.map((set) =>
        kind === 'histogram'
          ? `${name}_bucket{${set}le="+Inf"} 1\n${name}_sum{${set}} 1\n${name}_count{${set}} 1`
          : `${name}{${set}} 1`,
      );
      return `# TYPE ${name} ${kind}\n${series.join('\n')}\n`;
    })
    .join('');
}

test.skipIf(!hasShellcheck)('shellcheck finds nothing in it', () => {
  const { stdout } = spawnSync('shellcheck', ['--shell=sh', scriptFor(shipped)], { encoding: 'utf8' });
  expect(stdout).toBe('');
});

test('a spec without metrics has no script: an empty list covers nothing', () => {
  expect(coverageScriptFiles({ ...shipped, metrics: [] })).toEqual([]);
});

test('a metric that is declared twice is asked for once', () => {
  const [metric] = shipped.metrics;
  if (!metric) throw new Error('no metric');
  const [file] = coverageScriptFiles({ ...shipped, metrics: [metric, metric] });
  expect(file?.text.match(new RegExp(`"name":"${metric.name}"`, 'g'))).toHaveLength(1);
});

describe.skipIf(!tools).each(shells)('under %s', (shell) => {
  const script = scriptFor(shipped);

  test('says that it cannot tell when nothing answers', async () => {
    const { code, lines } = await run(shell, script, ['http://127.0.0.1:9']);
    expect([code, ...lines]).toEqual([
      2,
      'Cannot tell: http://127.0.0.1:9 did not answer (curl ended with 7).',
    ]);
  });

  test.each([
    [['a', 'b'], 'One Prometheus at a time.'],
    [['localhost:9090'], 'The address of a Prometheus begins with http:// or https://'],
    [['--help'], 'Use: '],
  ])('refuses to be used as %j', async (args, said) => {
    const ran = await run(shell, script, args);
    expect(ran.code).toBe(3);
    expect(ran.said).toContain(said);
  });

  test('refuses a timeout that is none', async () => {
    expect((await run(shell, script, [], { PROMETHEUS_TIMEOUT: 'soon' })).code).toBe(3);
  });

  describe('where something else answers', () => {
    let server: Server;
    let answer: { status: number; body: string } | null = null;
    let url = '';
    beforeAll(async () => {
      server = createServer((_request, response) => {
        if (answer) response.writeHead(answer.status).end(answer.body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    const vector = (result: string) =>
      `{"status":"success","data":{"resultType":"vector","result":${result}}}`;
    test.each([
      ['HTML', 200, '<html><body>Sign in</body></html>', 'its answer is not JSON'],
      ['nothing', 200, '', 'its answer is not Prometheus’s'],
      ['another JSON', 200, '[1, 2]', 'its answer is not Prometheus’s'],
      [
        'an error',
        422,
        '{"status":"error","error":"too many"}',
        'it answered with status 422, and it says too many',
      ],
      ['an error page', 502, '<html>', 'it answered with status 502, and its answer is not JSON'],
      ['an error of status 200', 200, '{"status":"error","error":"no"}', 'it says no'],
      ['a good answer of status 500', 500, vector('[]'), 'it answered with status 500'],
      [
        'a matrix',
        200,
        '{"status":"success","data":{"resultType":"matrix","result":[]}}',
        'its answer holds no series',
      ],
      ['a redirect', 302, '', 'it answered with status 302, and its answer is not Prometheus’s'],
      ['part of an answer', 200, '{"status":"success","data":{"resultType":"vec', 'its answer is not JSON'],
    ])('says that it cannot tell from %s', async (_, status, body, why) => {
      answer = { status, body };
      const { code, lines } = await run(shell, script, [url]);
      expect([code, ...lines]).toEqual([2, `Cannot tell: ${url} is there, but ${why.replaceAll('’', "'")}.`]);
    });

    test('says that it cannot tell when the answer does not come', async () => {
      answer = null;
      const { code, lines } = await run(shell, script, [url], { PROMETHEUS_TIMEOUT: '1' });
      expect([code, ...lines]).toEqual([2, `Cannot tell: ${url} did not answer (curl ended with 28).`]);
    });
  });
});

describe.skipIf(!tools || binary === null)('on a real Prometheus', () => {
  let node: Exposition | null = null;
  let prometheus: RunningPrometheus | null = null;
  beforeAll(async () => {
    node = await startExposition();
    prometheus = await startPrometheus({
      binary: binary ?? '',
      targets: [{ job: 'node', addresses: [node.address] }],
    });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await node?.stop();
  });

  async function show(text: string): Promise<void> {
    if (!node) throw new Error('not started');
    node.set(text);
    const goal = node.scrapes() + 3;
    for (const began = Date.now(); node.scrapes() < goal && Date.now() - began < 20_000; ) await sleep(100);
    await sleep(500);
  }
  const url = () => prometheus?.url ?? '';

  test('all are there', async () => {
    await show(exposed(shipped.metrics));
    for (const shell of shells) {
      const { code, lines, said } = await run(shell, scriptFor(shipped), [`${url()}/`]);
      expect(said).toBe('');
      expect(lines).toEqual([
        ...shipped.metrics.map(({ name }) => `ok       ${name}`),
        '22 of 22 metrics are there, 0 not yet, 0 missing.',
      ]);
      expect(code).toBe(0);
    }
  });

  test('some are missing: a metric, a part of a histogram, a value of a label, and one that is not due', async () => {
    const text = exposed(
      shipped.metrics.filter(({ name }) => !/^(treasury_balance|energy_slashing_total)$/.test(name)),
    )
      .split('\n')
      .filter(
        (line) => !line.startsWith('oracle_latency_seconds_sum') && !/pending_depth.*"compute"/.test(line),
      )
      .join('\n');
    await show(text);
    for (const shell of shells) {
      const { code, lines } = await run(shell, scriptFor(shipped), [], { PROMETHEUS_URL: url() });
      expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([
        'MISSING  treasury_balance: treasury_balance',
        'MISSING  oracle_latency_seconds: oracle_latency_seconds_sum',
        'not yet  energy_slashing_total',
        'MISSING  receipt_pending_depth: receipt_pending_depth{market="compute"}',
        '18 of 22 metrics are there, 1 not yet, 3 missing.',
      ]);
      expect(code).toBe(1);
    }
  });

  test('all are missing', async () => {
    await show('');
    const { code, lines } = await run('sh', scriptFor(shipped), [url()]);
    expect(lines.at(-1)).toBe('0 of 22 metrics are there, 5 not yet, 17 missing.');
    expect(code).toBe(1);
  });

  test('series of another job, and too few, do not count', async () => {
    const [metric] = shipped.metrics.filter(({ name }) => name === 'treasury_balance');
    if (!metric) throw new Error('no metric');
    await show('treasury_balance{a="1"} 1\ntreasury_balance{a="2"} 1\n');
    const two = await run(
      'sh',
      scriptFor({ ...shipped, metrics: [{ ...metric, minSeries: 2, job: 'node' }] }),
      [url()],
    );
    expect([two.code, two.lines[0]]).toEqual([0, 'ok       treasury_balance']);
    const three = await run('sh', scriptFor({ ...shipped, metrics: [{ ...metric, minSeries: 3 }] }), [url()]);
    expect(three.lines[0]).toBe('MISSING  treasury_balance: treasury_balance (2 of 3 series)');
    const elsewhere = await run('sh', scriptFor({ ...shipped, metrics: [{ ...metric, job: 'other' }] }), [
      url(),
    ]);
    expect([elsewhere.code, elsewhere.lines[0]]).toEqual([1, 'MISSING  treasury_balance: treasury_balance']);
  });

  test('ten thousand names', async () => {
    const [metric] = shipped.metrics;
    if (!metric) throw new Error('no metric');
    const metrics = Array.from({ length: 10_000 }, (_, index) => ({
      ...metric,
      name: `the_block_generated_subsystem_metric_number_${index}_total`,
      labels: [],
    }));
    await show(exposed(metrics.filter((_, index) => index !== 17 && index !== 4242)));
    for (const shell of shells) {
      const { code, lines } = await run(shell, scriptFor({ ...shipped, metrics }), [url()]);
      expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([
        expect.stringMatching(/^MISSING {2}\w+_17_total: /),
        expect.stringMatching(/^MISSING {2}\w+_4242_total: /),
        '9998 of 10000 metrics are there, 0 not yet, 2 missing.',
      ]);
      expect(code).toBe(1);
    }
  }, 120_000);
});
