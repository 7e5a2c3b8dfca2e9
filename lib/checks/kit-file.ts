import { z } from 'zod';
import type { BindResult, CheckKind } from '#lib/domain/check-kind.ts';
import type { JsonObject } from '#lib/domain/json.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { fileObserved, showAgain } from './file-observed.ts';
import { beginsAt, type Difference, modeAt, modeDifferences, sayDifference } from './kit-file/difference.ts';
import { differences } from './kit-file/differences.ts';
import { saidApart } from './kit-file/said-apart.ts';
import { repositoryPath } from './repository-path.ts';

const parameters = z.strictObject({
  path: repositoryPath,
  onPurpose: z
    .array(
      z
        .strictObject({
          at: z
            .string()
            .trim()
            .min(1)
            .max(500)
            .describe(
              'Where the repository’s file differs: the beginning of the place, as the check names it.',
            ),
          why: z.string().trim().min(1).max(1000).describe('Why it is meant so.'),
        })
        .meta({ title: 'difference on purpose' }),
    )
    .max(100)
    .exactOptional()
    .describe('Differences that are meant. Any other difference fails.'),
});

const formats = ['grafana-dashboard', 'prometheus-rules', 'yaml', 'shell', 'markdown'] as const;

type Bound = {
  readonly path: string;
  readonly format: (typeof formats)[number];
  readonly text: string;
  readonly executable: boolean;
  readonly onPurpose: readonly { readonly at: string; readonly why: string }[];
};

/** Passes when the repository's file says what the kit's says, but for what the spec calls meant. */
export const kitFile: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'kit-file',
    title: 'File of the kit',
    why: 'A file that the spec yields and somebody changed by hand says something else than what was agreed.',
    fix: 'Put the kit’s file back, change the spec, or say under onPurpose what is meant and why.',
  },
  ruleVersion: 2,
  sourceKinds: ['repository', 'github', 'gitlab'],
  parameters,
  bind: ({ path, onPurpose = [] }, _spec, kitFiles = () => []): BindResult<Bound> => {
    const files = kitFiles();
    // The spec's faults are told; that no file comes of it is none of its own.
    if (files === null) return { ok: false, faults: [] };
    const file = files.find((one) => one.path === path);
    if (file) {
      const { format, text, executable } = file;
      return { ok: true, bound: { path, format, text, executable, onPurpose } };
    }
    const there =
      files.length > 0 ? `it yields ${files.map((one) => one.path).join(', ')}` : 'it yields none';
    return { ok: false, faults: [{ path: ['path'], message: `the spec yields no file ${path}: ${there}` }] };
  },
  reads: ({ path }, source) => [{ ask: 'file', source, path }],
  evaluate: ([observation], bound, context) => {
    const seen = fileObserved(observation);
    const outcome = compare(seen, bound);
    return { ...outcome, quiet: false, picture: { kind: 'none' }, again: showAgain(seen, context.source) };
  },
};

const mostKept = 200;

interface Outcome {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  readonly fact: { readonly lead: string; readonly rest: string };
  readonly sentence: string;
  readonly toGreen: readonly string[] & string[];
  readonly deciding: JsonObject;
  readonly readings: JsonObject;
}

function compare(seen: FileAtCommit, bound: Bound): Outcome {
  const at = `${bound.path} at ${seen.commit.slice(0, 12)}`;
  const readings = { commit: seen.commit, bytes: seen.bytes };
  const end = (
    verdict: Outcome['verdict'],
    lead: string,
    what: string,
    toGreen: string[],
    found: JsonObject = {},
  ): Outcome => ({
    verdict,
    fact: { lead, rest: what },
    sentence: `${at}: ${what}.`,
    toGreen,
    deciding: { found: seen.found, content: seen.sha256 ?? seen.oid, ...found },
    readings,
  });
  if (seen.found === 'absent') {
    const way = `Write it with \`big-green kit --spec … --out .\`, commit it and move the candidate.`;
    return end('fail', 'Missing.', 'it is not there', [way]);
  }
  if (seen.found !== 'file' || seen.text === null) {
    const what =
      seen.found === 'file'
        ? 'its content was not read: it is binary, or over 1 MiB'
        : `it is a ${seen.found}`;
    return end('unknown', 'Cannot tell.', what, ['Commit it as a plain text file.']);
  }
  const compared = differences(bound, seen.text);
  if (!compared.ok) {
    return compared.isOverLimit
      ? end('unknown', 'Cannot tell.', compared.fault, ['Divide it into smaller documents.'])
      : end('fail', 'Not readable.', compared.fault, ['Put the kit’s file back.']);
  }
  const all = [...modeDifferences(bound.executable, seen.executable), ...compared.value];
  const meant = all.filter((one) => bound.onPurpose.some(({ at: place }) => beginsAt(one.at, place)));
  const slips = all.filter((one) => !meant.includes(one));
  const stale = bound.onPurpose.filter(({ at: place }) => !all.some((one) => beginsAt(one.at, place)));
  const purpose = meant.length > 0 ? `${meant.length} on purpose` : '';
  const found = {
    // The content's digest tells any change: a hostile file's every value need not stand in the evidence.
    differs: slips.slice(0, mostKept).map(({ at: place, kit, repository }) => [place, kit, repository]),
    meant: meant.slice(0, mostKept).map((one) => [one.at, one.kit, one.repository]),
    differences: compared.value.length,
  };
  if (slips.length > 0) {
    const shown = slips.slice(0, 3).map((one) => sayDifference(one));
    const more = slips.length > 3 ? [`and ${slips.length - 3} more`] : [];
    const what = [...shown, ...more, ...(purpose ? [`besides, it differs in ${purpose}`] : [])].join('; ');
    const ways = [...new Set(slips.map((one) => way(one, bound.path)))].slice(0, 5);
    return end(
      'fail',
      `${slips.length} ${slips.length === 1 ? 'difference' : 'differences'}.`,
      what,
      ways,
      found,
    );
  }
  const idle =
    stale.length > 0
      ? `; ${stale.map(({ at: place }) => place).join(', ')} is said to differ and does not`
      : '';
  const what = purpose ? `it is the kit’s, and differs in ${purpose}${idle}` : `it is the kit’s${idle}`;
  const passed = end('pass', 'As meant.', what, [], found);
  return purpose ? passed : { ...passed, fact: { lead: 'Equal', rest: `to the kit’s file${idle}` } };
}

function way({ of, at, kit, repository }: Difference, path: string): string {
  if (at === modeAt) return `Let it be run: \`git update-index --chmod=+x ${path}\`, and commit that.`;
  if (of === 'whole') return 'Put the kit’s file back.';
  if (kit === null) return `Take ${at} out, or say under onPurpose why it is there.`;
  if (repository === null) return `Put ${at} back.`;
  const [, wanted] = saidApart(repository, kit);
  return `Set ${at} to ${wanted}, change the spec, or say under onPurpose why it differs.`;
}
