import { z } from 'zod';
import type { BindResult, CheckKind } from '#lib/domain/check-kind.ts';
import { type JsonObject, jsonSchema } from '#lib/domain/json.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import type { Verdict } from '#lib/domain/verdict.ts';
import { readDocument } from './document.ts';
import { fileObserved, showAgain } from './file-observed.ts';
import { compileSchema } from './json-schema.ts';
import { compilePattern } from './pattern.ts';
import { repositoryPath } from './repository-path.ts';

const parameters = z
  .strictObject({
    path: repositoryPath,
    matches: z
      .string()
      .min(1)
      .max(1000)
      .exactOptional()
      .describe('A regular expression that some line matches; no lookaround, no backreferences.'),
    schema: z
      .record(z.string(), jsonSchema)
      .exactOptional()
      .describe('A JSON Schema that the file holds to: JSON, or YAML where its name says so.'),
    minBytes: z.int().min(1).exactOptional().describe('The least size.'),
    is: z.enum(['file', 'folder']).exactOptional().describe('What is wanted at the path. Default: either.'),
  })
  .refine(({ is, matches, schema, minBytes }) => is !== 'folder' || !(matches || schema || minBytes), {
    path: ['is'],
    error: 'a folder has no content to match, check or measure; name a file',
  });

type Bound = {
  readonly path: string;
  readonly matches: string | null;
  readonly schema: JsonObject | null;
  readonly minBytes: number | null;
  readonly is: 'file' | 'folder' | null;
};

/** Passes when the path exists at the candidate's commit and is as declared. A work tree is never looked at. */
export const file: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'file',
    title: 'File',
    why: 'What a launch needs in its repository has to be in the candidate itself, not on somebody’s machine.',
    fix: 'Commit the file as declared, and move the candidate to that commit.',
  },
  ruleVersion: 1,
  sourceKinds: ['repository', 'github', 'gitlab'],
  parameters,
  bind: ({ path, matches = null, schema = null, minBytes = null, is = null }): BindResult<Bound> => {
    const pattern = matches === null ? null : compilePattern(matches, { lines: true });
    if (pattern?.ok === false)
      return { ok: false, faults: [{ path: ['matches'], message: pattern.message }] };
    const compiled = schema === null ? null : compileSchema(schema);
    if (compiled?.ok === false)
      return { ok: false, faults: [{ path: ['schema'], message: compiled.message }] };
    return { ok: true, bound: { path, matches, schema, minBytes, is } };
  },
  reads: ({ path }, source) => [{ ask: 'file', source, path }],
  evaluate: ([observation], bound, context) => {
    const seen = fileObserved(observation);
    const findings = judgeFile(seen, bound);
    const at = `at ${seen.commit.slice(0, 12)}`;
    const verdict: Verdict = findings.some((finding) => finding.verdict === 'fail')
      ? 'fail'
      : findings.length > 0
        ? 'unknown'
        : 'pass';
    const said = findings.map(({ what }) => what);
    const lead =
      verdict === 'pass'
        ? 'There.'
        : seen.found === 'absent'
          ? 'Missing.'
          : verdict === 'fail'
            ? 'Not as declared.'
            : 'Cannot tell.';
    const rest = said.length > 0 ? said.join('; ') : `${bound.path} ${at}, ${sizeOf(seen)}`;
    return {
      verdict,
      quiet: false,
      fact: { lead, rest },
      sentence:
        said.length > 0
          ? `${bound.path} ${at}: ${said.join('; ')}.`
          : `${bound.path} is there ${at}, ${sizeOf(seen)}, and as declared.`,
      toGreen: findings.map(({ way }) => way),
      deciding: {
        found: seen.found,
        content: seen.sha256 ?? seen.oid,
        findings: findings.map(({ verdict, what }) => [verdict, what]),
      },
      readings: { commit: seen.commit, bytes: seen.bytes },
      picture: { kind: 'none' },
      again: showAgain(seen, context.source),
    };
  },
};

interface Finding {
  readonly verdict: 'fail' | 'unknown';
  readonly what: string;
  /** What would put it right. */
  readonly way: string;
}

function judgeFile(seen: FileAtCommit, bound: Bound): Finding[] {
  const wanted = bound.is ?? (bound.matches || bound.schema || bound.minBytes ? 'file' : null);
  switch (seen.found) {
    case 'absent': {
      const other = seen.alike === null ? '' : `; ${seen.alike} is, and differs in letter case`;
      return [fails(`it is not there${other}`, `Commit ${bound.path} and move the candidate.`)];
    }
    case 'symlink':
      return [
        cannot(
          `it is a symbolic link to ${seen.target ?? 'somewhere'}, which is not followed`,
          'Name the path that the link leads to.',
        ),
      ];
    case 'submodule':
      return [
        cannot(
          'it is a submodule, whose files are in another repository',
          'Name that repository as a source of its own.',
        ),
      ];
    case 'folder':
      return wanted === 'file'
        ? [fails('it is a folder, not a file', `Commit a file as ${bound.path}.`)]
        : [];
    case 'file':
      return wanted === 'folder'
        ? [fails('it is a file, not a folder', `Commit a folder as ${bound.path}.`)]
        : judgeContent(seen, bound);
  }
}

function judgeContent(seen: FileAtCommit, { matches, schema, minBytes }: Bound): Finding[] {
  if (seen.whyNoText === 'lfs-pointer' && (matches || schema || minBytes))
    return [
      cannot('its content is kept in Git LFS, outside the repository', 'Keep this file in Git itself.'),
    ];
  const findings: Finding[] = [];
  if (minBytes !== null && (seen.bytes ?? 0) < minBytes)
    findings.push(fails(`it has ${seen.bytes ?? 0} of at least ${minBytes} bytes`, 'Commit the whole file.'));
  if ((matches || schema) && seen.text === null) {
    const why = seen.whyNoText === 'binary' ? 'it is not UTF-8 text' : 'it is over 1 MiB and was not read';
    return [...findings, cannot(why, 'Commit it as UTF-8 text under 1 MiB.')];
  }
  if (matches !== null && !hasMatch(matches, seen.text ?? ''))
    findings.push(fails(`no line matches ${matches}`, `Write what is to match ${matches}.`));
  if (schema !== null) {
    const faults = schemaFaults(seen, schema);
    const more = faults.length > 3 ? ` and ${faults.length - 3} more` : '';
    if (faults.length > 0)
      findings.push(
        fails(
          `${faults.slice(0, 3).join(', ')}${more}`,
          'Put the file right where it differs from the schema.',
        ),
      );
  }
  return findings;
}

function fails(what: string, way: string): Finding {
  return { verdict: 'fail', what, way };
}

function cannot(what: string, way: string): Finding {
  return { verdict: 'unknown', what, way };
}

function hasMatch(source: string, text: string): boolean {
  const compiled = compilePattern(source, { lines: true });
  if (!compiled.ok) throw new TypeError(`A pattern that was bound does not compile: ${compiled.message}`);
  return compiled.pattern.test(text);
}

function schemaFaults(seen: FileAtCommit, schema: JsonObject): readonly string[] {
  const compiled = compileSchema(schema);
  if (!compiled.ok) throw new TypeError(`A schema that was bound does not compile: ${compiled.message}`);
  const read = readDocument(seen.text ?? '', /\.ya?ml$/i.test(seen.path));
  return read.ok ? compiled.faultsOf(read.value) : [read.fault];
}

function sizeOf({ found, bytes }: FileAtCommit): string {
  return found === 'folder' ? 'a folder' : `${bytes ?? 0} bytes`;
}
