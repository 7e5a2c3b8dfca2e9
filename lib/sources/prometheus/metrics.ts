import type { SourceFailure } from '#lib/domain/failure.ts';
import type { MetricSeen } from '#lib/domain/observations/prometheus.ts';
import type { MetricType, SourceSpec } from '#lib/domain/spec.ts';
import { absenceOf, type LastSeen, type Search, searchAbsent } from './absence.ts';
import { buildsOf } from './builds.ts';
import type { Client } from './client.ts';
import { type Look, look, unlessMissing } from './look.ts';
import { askMetadata, type Metadata, noMetadata, typesServeForMs } from './metadata.ts';
import { type Found, findMetric, findUnderSuffixes, summaryOf } from './seen.ts';
import { groupByWindow, type MetricQuestion, matchersFor, namesToAsk } from './window.ts';

export interface MetricOutcome {
  readonly outcome:
    | { readonly ok: true; readonly value: MetricSeen }
    | { readonly ok: false; readonly failure: SourceFailure };
  readonly answers: readonly number[];
}

/** A question on its way to its answer. */
interface Case {
  readonly question: MetricQuestion;
  readonly look: Look;
  found: Found;
  /** Answers it rests on besides its window's. */
  answers: readonly number[];
}

/**
 * Answers all questions about metrics together: one request for what is live, one for types where somebody declares
 * one or something is absent, one for histograms among names without a type; and where something stays absent, four
 * to say why. More only where names fill more than one request. Types told a few cycles ago may serve again, but only
 * for what is there and of its declared type: before anything else is said, they are asked for.
 */
export async function askMetrics(
  client: Client,
  source: SourceSpec,
  questions: readonly MetricQuestion[],
): Promise<ReadonlyMap<MetricQuestion, MetricOutcome>> {
  const typed = questions.some(({ type }) => type !== null);
  const [cases, early] = await Promise.all([
    lookAtAll(client, source, questions),
    typed ? askMetadata(client, typesServeForMs(source.everyMs)) : null,
  ]);
  const answered = cases.filter(({ question, look }) => failureIn(question, look) === null);
  const absent = () => answered.filter(({ found }) => found.live.length === 0);
  const doubtful = early?.served === true && !answered.every((one) => isAsDeclared(one, early));
  const wanted = doubtful || (early === null && absent().length > 0);
  const metadata = wanted ? await askMetadata(client) : (early ?? noMetadata);

  const bare = absent().filter(({ question }) => question.type === null);
  if (bare.length > 0) await lookUnderSuffixes(client, source, bare, metadata);

  const still = absent();
  const search = still.length > 0 ? await searchFor(client, still) : null;
  return new Map(cases.map((one) => [one.question, outcomeOf(one, source, metadata, search)]));
}

function isAsDeclared({ question, found }: Case, { typesOf }: Metadata): boolean {
  if (found.live.length === 0) return false;
  const types = typesOf(question.name);
  return question.type === null || (types.length === 1 && types[0] === question.type);
}

async function lookAtAll(
  client: Client,
  source: SourceSpec,
  questions: readonly MetricQuestion[],
): Promise<readonly Case[]> {
  const groups = await Promise.all(
    groupByWindow(questions).map(async (group) => {
      const names = group.questions.flatMap(namesToAsk);
      const matchers = matchersFor(group.questions);
      const seen = await look(client, names, {
        windowMs: group.windowMs,
        buildInfo: source.buildInfo,
        matchers,
      });
      return group.questions.map((question) => ({
        question,
        look: seen,
        found: findMetric(question, seen.find),
        answers: [],
      }));
    }),
  );
  return groups.flat();
}

async function lookUnderSuffixes(
  client: Client,
  source: SourceSpec,
  cases: readonly Case[],
  metadata: Metadata,
): Promise<void> {
  const windowMs = Math.max(...cases.map(({ question }) => question.freshWithinMs));
  const names = cases.flatMap(({ question }) => [`${question.name}_count`, `${question.name}_sum`]);
  const seen = await look(client, names, { windowMs, buildInfo: source.buildInfo, matchers: '' });
  for (const one of cases) {
    const { name } = one.question;
    const found = findUnderSuffixes(one.question, metadata.typesOf(name), seen.find);
    if (found) one.found = found;
    one.answers = seen.answers;
  }
}

/** Names under which an absent metric may have stood. */
function formerNames({ name, type }: MetricQuestion): readonly string[] {
  if (type === null) return [name, `${name}_count`, `${name}_sum`];
  return type === 'histogram' || type === 'summary' ? [name, `${name}_count`] : [name];
}

/** What the window still shows of a metric that is gone needs no search; the targets are asked for all the same. */
function searchFor(client: Client, cases: readonly Case[]): Promise<Search> {
  const unseen = cases.filter(({ found }) => found.gone.length + found.stale.length === 0);
  const names = [...new Set(unseen.flatMap(({ question }) => formerNames(question)))].sort();
  const [first] = cases;
  return searchAbsent(client, names, first?.look ?? null);
}

function lastSeenOf(
  { question, found }: Case,
  search: Search,
  types: readonly MetricType[],
): readonly LastSeen[] {
  const ours = (seen: readonly LastSeen[]) =>
    seen.filter(({ job }) => question.job === null || job === question.job);
  const former = [...found.gone, ...found.stale];
  if (former.length > 0) {
    return former.map(({ labels, lastAt }) => ({
      job: labels.job ?? '',
      instance: labels.instance ?? '',
      atMs: Math.round(lastAt * 1000),
    }));
  }
  const own = ours(search.lastSeen(question.name));
  if (own.length > 0 || question.type === 'counter' || question.type === 'gauge') return own;
  const count = ours(search.lastSeen(`${question.name}_count`));
  const told = question.type !== null || types.includes('histogram') || types.includes('summary');
  return told || ours(search.lastSeen(`${question.name}_sum`)).length > 0 ? count : [];
}

function failureIn(question: MetricQuestion, seen: Look): SourceFailure | null {
  for (const name of namesToAsk(question)) {
    const failure = seen.failureOf(name);
    if (failure) return failure;
  }
  return null;
}

function outcomeOf(one: Case, source: SourceSpec, metadata: Metadata, search: Search | null): MetricOutcome {
  const { question, look: seen, found } = one;
  const absent = found.live.length === 0;
  const leansOnMetadata = question.type !== null || absent;
  const failure =
    failureIn(question, seen) ??
    (leansOnMetadata && metadata.failure ? unlessMissing(metadata.failure) : null);
  const answers = [
    ...seen.answers,
    ...one.answers,
    ...(leansOnMetadata ? metadata.answers : []),
    ...(absent ? (search?.answers ?? []) : []),
  ];
  if (failure) return { outcome: { ok: false, failure }, answers };
  const types = metadata.typesOf(question.name);
  const value: MetricSeen = {
    name: question.name,
    types,
    ...summaryOf(found),
    down: seen.down(question.job).slice(0, 8),
    absence: absent && search ? absenceOf(search, lastSeenOf(one, search, types), question.job) : null,
    builds: source.buildInfo === null ? null : buildsOf(source.buildInfo, question, found.live, seen.find),
    warnings: seen.warnings,
  };
  return { outcome: { ok: true, value }, answers };
}
