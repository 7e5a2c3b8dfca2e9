import type { KitFile } from '#lib/domain/kit-file.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { githubGate } from './github.ts';
import { gitlabGate } from './gitlab.ts';
import { localGate } from './local.ts';

/** The gate's files: for GitHub, for GitLab, and for one's own machine, as far as the spec names them. */
export function gateFiles(spec: Spec): readonly KitFile[] {
  const gate = spec.kit?.gate;
  if (!gate) return [];
  const corrections = spec.kit.corrections.filter(({ about }) => about.includes('gate'));
  const head = { part: 'gate', corrections } as const;
  const files: KitFile[] = [];
  if (gate.github) {
    const text = githubGate(spec, gate, gate.github);
    files.push({
      ...head,
      path: gate.github.file,
      title: 'Gate on GitHub Actions',
      text,
      executable: false,
      format: 'yaml',
    });
  }
  if (gate.gitlab) {
    const text = gitlabGate(spec, gate, gate.gitlab);
    files.push({
      ...head,
      path: gate.gitlab.file,
      title: 'Gate on GitLab CI',
      text,
      executable: false,
      format: 'yaml',
    });
  }
  if (gate.local) {
    const text = localGate(spec, gate);
    files.push({
      ...head,
      path: gate.local,
      title: 'Gate on one’s own machine',
      text,
      executable: true,
      format: 'shell',
    });
  }
  return files;
}
