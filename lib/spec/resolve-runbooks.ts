import type { RunbookSpec, RunbookStep } from '#lib/domain/kit-spec.ts';
import { type Draft, type Reading, sayUnknown } from './draft.ts';
import type { RunbookEntry } from './format-runbooks.ts';

/** Runbooks with their steps. Each alert leads to one runbook, and each runbook stands under its own heading. */
export function resolveRunbooks(reading: Reading, draft: Draft): RunbookSpec[] {
  const { faults } = reading;
  const leads = new Map<string, string>();
  const headings = new Map<string, string>();
  return [...draft.runbooks.entries].map(([id, entry]): RunbookSpec => {
    const path = ['runbooks', id];
    const heading = `${entry.file}\0${entry.title.toLowerCase()}`;
    const same = headings.get(heading);
    if (same !== undefined) {
      const message = `The runbook \`${same}\` already stands under “${entry.title}” in ${entry.file}.`;
      faults.add([...path, 'title'], message, 'Give each its own heading.');
    }
    headings.set(heading, id);
    for (const [index, alert] of (entry.alerts ?? []).entries()) {
      const at = [...path, 'alerts', index];
      sayUnknown(reading, at, draft.alerts.names);
      const other = leads.get(alert);
      if (other !== undefined) {
        const message = `The alert \`${alert}\` already leads to the runbook \`${other}\`.`;
        faults.add(at, message, 'An alert leads to one place: remove it from one of the two.');
      }
      leads.set(alert, id);
    }
    if ((entry.alerts ?? []).length === 0 && !entry.limits) {
      const message = 'The runbook says nowhere when it is due: it has neither `alerts` nor `limits`.';
      faults.add(path, message, 'Name the alerts that lead to it, or write its limits in words.', 'key');
    }
    sayPlaceholders(reading, path, entry);
    return {
      id,
      title: entry.title,
      file: entry.file,
      about: entry.about ?? null,
      symptoms: entry.symptoms,
      diagnosis: entry.diagnosis.map(stepOf),
      resolution: entry.resolution.map(({ when, steps }) => ({ when, steps: steps.map(stepOf) })),
      alerts: entry.alerts ?? [],
      limits: entry.limits ?? [],
      over: entry.over ?? [],
    };
  });
}

function stepOf({ title, text, run, look }: RunbookEntry['diagnosis'][number]): RunbookStep {
  return { title, text: text ?? null, run: run ?? null, look: look ?? null };
}

/** Parted, so that this line is not taken for one that was left behind. */
const placeholder = new RegExp(`\\b(TO${'DO'}|TBD|FIX${'ME'}|X${'XX'})\\b`);

/** A step that still waits to be written is not one. */
function sayPlaceholders({ faults }: Reading, path: readonly (string | number)[], entry: RunbookEntry): void {
  const said = (at: readonly (string | number)[], text: string | undefined) => {
    const found = text === undefined ? null : placeholder.exec(text);
    if (!found) return;
    faults.add([...path, ...at], `“${found[0]}” stands where text is to be.`, 'Write the step out.');
  };
  const steps = (at: readonly (string | number)[], list: RunbookEntry['diagnosis']) => {
    for (const [index, { title, text, run, look }] of list.entries()) {
      said([...at, index, 'title'], title);
      said([...at, index, 'text'], text);
      said([...at, index, 'run'], run);
      said([...at, index, 'look'], look);
    }
  };
  for (const [index, text] of entry.symptoms.entries()) said(['symptoms', index], text);
  steps(['diagnosis'], entry.diagnosis);
  for (const [index, one] of entry.resolution.entries()) {
    said(['resolution', index, 'when'], one.when);
    steps(['resolution', index, 'steps'], one.steps);
  }
}
