import type { SourceKind, Spec } from '#lib/domain/spec.ts';

/** An item that reads a source, to copy into a spec and to change: under a track's `items`. Pure. */
export function sourceSnippet(kind: SourceKind, id: string, spec: Spec): string {
  const phase = spec.phases[0]?.id ?? 'launch';
  const lines = checkLines(kind, spec.kit?.dashboards[0]?.id ?? 'overview');
  return [
    `${id}-answers:`,
    '  title: What must be true of it',
    '  level: recommended',
    `  phase: ${phase}`,
    '  checks:',
    `    - kind: ${lines[0]}`,
    `      source: ${id}`,
    ...lines.slice(1).map((line) => `      ${line}`),
    '',
  ].join('\n');
}

function checkLines(kind: SourceKind, dashboard: string): readonly string[] {
  switch (kind) {
    case 'prometheus':
      return ['query', 'expr: min(up)', 'is: { atLeast: 1 }'];
    case 'repository':
      return ['file', 'path: README.md'];
    case 'endpoint':
      return ['endpoint', 'path: /health', 'assert: [{ at: /ok, equals: true }]'];
    case 'github':
      return ['ci-run', 'workflow: ci.yml'];
    case 'gitlab':
      return ['ci-run'];
    case 'grafana':
      return ['dashboard', `dashboard: ${dashboard}`];
  }
}
