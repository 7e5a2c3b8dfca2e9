import { metricNamesIn } from '#lib/checks/promql/names.ts';
import type { ChecklistImport } from '#lib/domain/checklist.ts';
import type { Result } from '#lib/domain/problem.ts';
import { earlierDraft } from '#lib/spec/import/earlier.ts';
import type { Earlier } from '#lib/spec/import/ids.ts';
import { draftChecklist, earlierDocument } from '#lib/spec/import/import-checklist.ts';
import { readId } from '#lib/spec/scalars.ts';
import { refusal } from './problems.ts';
import { readSpec } from './read-spec.ts';

/** A document given to import: its bytes or its text, and its file name. */
export interface GivenDocument {
  readonly content: Uint8Array | string;
  readonly name: string;
}

export interface ImportInput {
  readonly document: GivenDocument;
  /** The checklist as it was, or the draft that was made of it: what it had keeps its identity. */
  readonly previous?: GivenDocument | undefined;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  /** ISO 8601 with its zone. */
  readonly targetAt?: string | undefined;
}

/** Reads a Markdown checklist into the draft of a spec. */
export function importChecklist({ document, previous, ...said }: ImportInput): Result<ChecklistImport> {
  if (said.id !== undefined) {
    const id = readId(said.id);
    if (!id.ok) return refusal('invalid-input', id.message, id.remedy);
  }
  const targetAt = said.targetAt === undefined ? null : targetOf(said.targetAt);
  if (targetAt === false)
    return refusal('invalid-input', `“${said.targetAt}” is no instant.`, 'Write it as 2026-12-01T14:00:00Z.');
  const text = textOf(document.content);
  if (text === null) return notText(document.name);
  const earlier = previous ? earlierOf(previous) : null;
  if (earlier?.ok === false) return earlier;
  const { name } = document;
  const options = { name, id: said.id ?? null, title: said.title?.trim() || null, targetAt, namesOf };
  const read = draftChecklist(text, { ...options, earlier: earlier?.value ?? null });
  return read.ok ? read : refusal('invalid-input', `${name} was not read in. ${read.message}`);
}

function earlierOf({ content, name }: GivenDocument): Result<Earlier> {
  const text = textOf(content);
  if (text === null) return notText(name);
  if (/\.ya?ml$/i.test(name)) {
    const spec = readSpec(text, name);
    return spec.ok ? { ok: true, value: earlierDraft(text, spec.value.spec) } : spec;
  }
  const read = earlierDocument(text, namesOf);
  if (read.ok) return { ok: true, value: read.earlier };
  return refusal('invalid-input', `${name} was not read. ${read.message}`);
}

function namesOf(expr: string): readonly string[] | null {
  const read = metricNamesIn(expr);
  return read.ok ? read.names : null;
}

/** In UTC; false for what is no instant with a zone of the years that specs speak of. */
function targetOf(text: string): string | false {
  if (
    !/^20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)$/.test(text) ||
    Number.isNaN(Date.parse(text))
  )
    return false;
  const utc = new Date(text).toISOString();
  return text.endsWith('Z') && utc.slice(0, 16) !== text.slice(0, 16) ? false : utc.replace('.000Z', 'Z');
}

/** UTF-8 alone is text. */
function textOf(content: Uint8Array | string): string | null {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

function notText(name: string): Extract<Result<never>, { ok: false }> {
  return refusal('invalid-input', `${name} is not UTF-8 text.`, 'Save it as UTF-8.');
}
