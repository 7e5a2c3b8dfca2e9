import { anchorsOf } from '#lib/domain/anchor.ts';
import type { RunbookSpec } from '#lib/domain/kit-spec.ts';
import type { Spec } from '#lib/domain/spec.ts';
import { type Block, documentBlocks } from './runbook/blocks.ts';

/** Where people read the runbook that an alert sends them to; null where no runbook has it or no address is known. */
export function runbookUrl(spec: Spec, alert: string): string | null {
  const runbook = spec.kit?.runbooks.find(({ alerts }) => alerts.includes(alert));
  return runbook ? sectionUrl(spec, runbook) : null;
}

/** Where people read a runbook's section; null when the spec does not say where the repository's files are read. */
export function sectionUrl(spec: Spec, runbook: RunbookSpec): string | null {
  const webBase = spec.kit?.files.webBase ?? null;
  if (webBase === null) return null;
  const path = runbook.file.split('/').map(encodeURIComponent).join('/');
  return `${webBase}/${path}#${encodeURIComponent(runbookAnchor(spec, runbook))}`;
}

/** The anchor of a runbook's heading in the document that the kit writes. */
export function runbookAnchor(spec: Spec, runbook: RunbookSpec): string {
  const headings = documentBlocks(spec, runbook.file).filter(
    (block): block is Extract<Block, { kind: 'heading' }> => block.kind === 'heading',
  );
  const anchors = anchorsOf(headings.map(({ text }) => text));
  const at = headings.findIndex(({ runbook: id }) => id === runbook.id);
  const anchor = anchors[at];
  if (anchor === undefined) throw new TypeError(`The runbook ${runbook.id} has no heading in its document.`);
  return anchor;
}
