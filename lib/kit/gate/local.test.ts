import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { GateSpec, StrideSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { gateFiles } from './files.ts';

const stride = (id: string, run: readonly string[], given: Partial<StrideSpec> = {}): StrideSpec => ({
  id,
  title: id,
  run,
  withinMs: 60_000,
  paths: [],
  artifacts: null,
  ...given,
});

function scriptOf(strides: readonly StrideSpec[]): string {
  const gate: GateSpec = {
    name: 'Gate',
    github: null,
    gitlab: null,
    local: 'gate.sh',
    branches: ['main'],
    tags: [],
    withinMs: 1_800_000,
    cache: null,
    setup: ['echo set up'],
    always: [],
    strides,
  };
  const spec = { launch: { title: 'Test' }, kit: { gate, corrections: [] } } as unknown as Spec;
  return gateFiles(spec)[0]?.text ?? '';
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'big-green-local-'));
  execFileSync('git', ['init', '--quiet', folder]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(strides: readonly StrideSpec[], args: readonly string[] = []): { code: number; said: string } {
  const file = join(folder, 'gate.sh');
  writeFileSync(file, scriptOf(strides));
  chmodSync(file, 0o755);
  try {
    return {
      code: 0,
      said: execFileSync(file, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
    };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, said: stdout + stderr };
  }
}

describe('the gate on one’s own machine', () => {
  test('runs every stride, each after its set-up, and passes when all do', () => {
    const { code, said } = run([stride('a', ['echo first']), stride('b', ["echo 'it''s second'"])]);
    expect(code).toBe(0);
    expect(said).toMatch(/set up\nfirst\nholds a[\s\S]*set up\nits second\nholds b[\s\S]*Gate: passed/);
  });

  test('goes on after a stride that fails, and fails at the end', () => {
    const { code, said } = run([stride('a', ['false', 'echo never']), stride('b', ['echo second'])]);
    expect(code).toBe(1);
    expect(said).not.toContain('never');
    expect(said).toMatch(/FAILS a[\s\S]*holds b[\s\S]*Gate: failed/);
  });

  test('ends a stride at its limit', () => {
    const { code, said } = run([stride('a', ['sleep 30'], { withinMs: 1000 })]);
    expect({ code, fails: said.includes('FAILS a') }).toEqual({ code: 1, fails: true });
  });

  test('fails a stride that reads what is not there to be read, instead of eating the rest', () => {
    const { code, said } = run([stride('a', ['cat', 'echo after']), stride('b', ['echo second'])]);
    expect(code).toBe(0);
    expect(said).toMatch(/after\nholds a[\s\S]*second\nholds b/);
  });

  test('fails a stride whose artifacts are missing', () => {
    const artifacts = { name: 'coverage', paths: ['target/coverage/', 'target/**/*.profraw'], keepDays: 30 };
    expect(run([stride('a', ['true'], { artifacts })]).said).toMatch(
      /FAILS a[\s\S]*None of the artifacts is there/,
    );
    const made = run([stride('a', ['mkdir -p target/x/y', 'touch target/x/y/1.profraw'], { artifacts })]);
    expect(made.code).toBe(0);
  });

  test('says that a part of the strides is no gate, and knows its strides', () => {
    const both = [stride('a', ['echo first']), stride('b', ['echo second'])];
    expect(run(both, ['b']).said).toContain('Only b ran, which is not the gate.');
    expect(run(both, ['c'])).toMatchObject({ code: 3 });
  });
});
