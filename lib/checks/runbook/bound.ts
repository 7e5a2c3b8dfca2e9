import { z } from 'zod';
import type { BindResult } from '#lib/domain/check-kind.ts';
import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { repositoryPath } from '../repository-path.ts';

const title = z.string().trim().min(1).max(300);

export const runbookParameters = z.strictObject({
  runbook: z
    .string()
    .exactOptional()
    .describe('Id of one of the spec’s runbooks: path, section, commands and alerts are then taken from it.'),
  path: repositoryPath.exactOptional(),
  section: title
    .exactOptional()
    .describe('Title of the heading that its section stands under, or the `#anchor` of a link to it.'),
  commands: z
    .int()
    .min(0)
    .max(1000)
    .exactOptional()
    .describe('Blocks of shell commands wanted at least. Default: as many as the runbook has, else 1.'),
  parts: z
    .array(title)
    .min(1)
    .max(20)
    .exactOptional()
    .describe('Titles of its parts. Default: Symptoms, Diagnosis, Resolution, Alert thresholds.'),
});
export type RunbookParameters = z.infer<typeof runbookParameters>;

export type BoundRunbook = {
  readonly path: string;
  readonly section: string;
  readonly parts: readonly string[];
  readonly commands: number;
  /** Alerts whose links are to lead here; empty where no rule file is looked at. */
  readonly alerts: readonly string[];
  /** Where their rules stand. */
  readonly rules: string | null;
};

const usualParts = ['Symptoms', 'Diagnosis', 'Resolution', 'Alert thresholds'];

/** The parameters with what they name in the spec filled in. */
export function bindRunbook(given: RunbookParameters, spec: Spec): BindResult<BoundRunbook> {
  const { runbook: id, parts = usualParts } = given;
  const runbook = spec.kit?.runbooks.find((one) => one.id === id);
  if (id !== undefined && !runbook) {
    const known = (spec.kit?.runbooks ?? []).map((one) => `\`${one.id}\``).join(', ');
    const message = `there is no runbook \`${id}\`; the spec has ${known === '' ? 'none' : known}`;
    return { ok: false, faults: [{ path: ['runbook'], message }] };
  }
  const path = given.path ?? runbook?.file;
  const section = given.section ?? runbook?.title;
  if (path === undefined || section === undefined) {
    const message = 'name a `runbook` of the spec, or both `path` and `section`';
    return { ok: false, faults: [{ path: [], message }] };
  }
  const rules = linked(spec, runbook);
  return {
    ok: true,
    bound: {
      path,
      section,
      parts,
      commands: given.commands ?? (runbook ? commandsOf(runbook) : 1),
      alerts: rules === null ? [] : (runbook?.alerts ?? []),
      rules,
    },
  };
}

function commandsOf({ diagnosis, resolution }: RunbookSpec): number {
  const steps = [...diagnosis, ...resolution.flatMap((path) => path.steps)];
  return steps.filter(({ run }) => run !== null).length;
}

/** Links are promised where the spec says under which address people read the repository. */
function linked(spec: Spec, runbook: RunbookSpec | undefined): string | null {
  const files = spec.kit?.files;
  if (!files?.webBase || !runbook || runbook.alerts.length === 0) return null;
  return files.alertRules;
}
