import type { CheckKind, EvaluateContext } from '#lib/domain/check-kind.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import type { FileAtCommit } from '#lib/domain/observations/repository.ts';
import { fileObserved, judgeUnread, showAgain, whyUnread } from './file-observed.ts';
import { readBlocks } from './markdown-blocks.ts';
import { alertLinks, linkFault } from './runbook/alert-links.ts';
import {
  type BoundRunbook,
  bindRunbook,
  type RunbookParameters,
  runbookParameters,
} from './runbook/bound.ts';
import { type Gap, type Part, readContent, readParts } from './runbook/gaps.ts';
import { type DocumentRead, readSections, type Section } from './runbook/section.ts';

/** Passes when a document at the candidate's commit has a runbook's section, whole, with commands that parse. */
export const runbook: CheckKind<RunbookParameters, BoundRunbook> = {
  meta: {
    id: 'runbook',
    title: 'Runbook',
    why: 'Whoever is woken at three in the morning follows what is written: a gap there is found at the worst time.',
    fix: 'Write what is missing on the lines named, commit it, and move the candidate to that commit.',
  },
  ruleVersion: 1,
  sourceKinds: ['repository', 'github', 'gitlab'],
  parameters: runbookParameters,
  bind: bindRunbook,
  reads: ({ path, rules }, source) =>
    [path, ...(rules === null ? [] : [rules])].map((one) => ({ ask: 'file', source, path: one })),
  evaluate: ([observation, rules], bound, context) => {
    const seen = fileObserved(observation);
    if (seen.text === null) return judgeUnread(seen, bound.path, context, whyUnread(seen));
    const read = readBlocks(seen.text, 'a runbook');
    if (!read.ok)
      return judgeUnread(seen, bound.path, context, [
        'unknown',
        read.message,
        'Divide it into smaller documents.',
      ]);
    const document = readSections(read.root, bound.section);
    const [section] = document.sections;
    if (!section) {
      const missing = [
        'fail',
        `it has no heading “${bound.section}”`,
        `Write the section “${bound.section}”.`,
      ] as const;
      return judgeUnread(seen, bound.path, context, missing);
    }
    const linked = bound.rules === null ? [] : linkGaps(fileObserved(rules), bound, document, section);
    return judgeSection(seen, bound, context, { document, section, linked });
  },
};

interface Looked {
  readonly document: DocumentRead;
  readonly section: Section;
  readonly linked: readonly Gap[];
}

function judgeSection(
  seen: FileAtCommit,
  bound: BoundRunbook,
  context: EvaluateContext,
  { document, section, linked }: Looked,
): Judgement {
  const text = seen.text ?? '';
  const { parts, gaps: partGaps } = readParts(section, bound.parts, text);
  const content = readContent(section, document, { text, path: bound.path });
  const inDocument = [...countGaps(bound, document, section), ...partGaps, ...content.gaps];
  const gaps = [...inDocument.sort((one, other) => one.line - other.line), ...linked];
  const written = parts.filter(({ state }) => state === 'written').length;
  const lead = gaps.length === 0 ? 'Whole.' : `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}.`;
  const said = gaps.map(gapText);
  const more = said.length > 3 ? `; and ${said.length - 3} more` : '';
  const counts =
    `${written} of ${bound.parts.length} parts, ` +
    `${content.parsed} of ${section.commands.length} command blocks parse`;
  const aside =
    content.notLookedAt > 0
      ? `, ${content.notLookedAt} ${content.notLookedAt === 1 ? 'link' : 'links'} out of it not looked at`
      : '';
  const where = `${bound.path}, “${section.heading.text}”, at ${seen.commit.slice(0, 12)}`;
  return {
    verdict: gaps.length === 0 ? 'pass' : 'fail',
    quiet: false,
    fact: { lead, rest: gaps.length === 0 ? `${counts}${aside}` : `${said.slice(0, 3).join('; ')}${more}` },
    sentence:
      gaps.length === 0
        ? `${where}: ${counts}${aside}.`
        : `${where}: ${counts}${aside}. ${capital(said.slice(0, 3).join('; '))}${more}.`,
    toGreen: gaps.slice(0, 30).map((gap) => `${capital(place(gap))}${gap.way}`),
    deciding: {
      parts: parts.map(({ title, state }: Part) => [title, state]),
      commands: section.commands.map((block) => block.text),
      gaps: gaps.map(({ what }) => what),
    },
    readings: {
      commit: seen.commit,
      line: section.heading.line,
      commands: section.commands.length,
      parsed: content.parsed,
      linksNotLookedAt: content.notLookedAt,
      gaps: gaps.slice(0, 100).map(({ about, line, what }) => ({ about, line, what })),
    },
    picture: { kind: 'boxes', done: written, total: bound.parts.length },
    again: showAgain(seen, context.source),
  };
}

function countGaps(
  { commands, section: title }: BoundRunbook,
  { sections }: DocumentRead,
  { commands: blocks, heading }: Section,
): readonly Gap[] {
  const second = sections.slice(1).find((one) => one.heading.depth <= heading.depth);
  return [
    ...(blocks.length >= commands
      ? []
      : [
          {
            about: 'commands' as const,
            line: heading.line,
            what: `it has ${blocks.length} of at least ${commands} blocks of commands`,
            way: 'Write the commands of each step in a fenced block marked `bash`.',
          },
        ]),
    ...(second
      ? [
          {
            about: 'section' as const,
            line: second.heading.line,
            what: `“${title}” stands a second time, where no link leads`,
            way: 'Join the two sections, or name them apart.',
          },
        ]
      : []),
  ];
}

/** Whether the rules of its alerts, at the same commit, lead to the section. */
function linkGaps(
  rules: FileAtCommit,
  { path, alerts }: BoundRunbook,
  { anchors }: DocumentRead,
  { heading }: Section,
): readonly Gap[] {
  const gap = (what: string, way: string): Gap => ({
    about: 'alert',
    line: 0,
    what: `${rules.path}: ${what}`,
    way,
  });
  if (rules.text === null) {
    const [, what, way] = whyUnread(rules);
    return [gap(`${what}, so that no alert leads here`, way)];
  }
  const read = alertLinks(rules.text);
  if (!read.ok) return [gap(`${read.message}, so that no alert leads here`, 'Put the file right.')];
  const to = { path, anchor: heading.anchor, anchors };
  return alerts.flatMap((alert) => {
    const fault = linkFault(read.links.get(alert), to);
    const way = `Let the \`runbook_url\` of ${alert} end in ${path}#${heading.anchor}.`;
    return fault === null ? [] : [gap(`${alert} ${fault}`, way)];
  });
}

function place({ line }: Gap): string {
  return line === 0 ? '' : `line ${line}: `;
}

function gapText(gap: Gap): string {
  return `${place(gap)}${gap.what}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
