import type { SourceFailure } from './failure.ts';
import type { CiRequiredSeen, CiRunsSeen } from './observations/ci.ts';
import type { EndpointAnswer } from './observations/endpoint.ts';
import type { DashboardSeen, PanelDataSeen } from './observations/grafana.ts';
import type { MetricSeen, NamesSeen, PromqlAnswer, RulesAnswer } from './observations/prometheus.ts';
import type { FileAtCommit } from './observations/repository.ts';
import type { Outgoing } from './outgoing.ts';
import type { MetricType } from './spec.ts';

/**
 * What a check wants to know from a source. Questions of many checks and launches on one source are merged:
 * the same question is asked once, and a source answers many in as few requests as its API allows.
 */
export type Question =
  | {
      readonly ask: 'metric';
      readonly source: string;
      readonly name: string;
      readonly type: MetricType | null;
      /** Only series of this Prometheus job count; null: of any. */
      readonly job: string | null;
      readonly freshWithinMs: number;
    }
  | {
      readonly ask: 'promql';
      readonly source: string;
      readonly expr: string;
      /** Null: an instant query. Else a range query over the last `rangeMs`. */
      readonly range: { readonly rangeMs: number; readonly stepMs: number } | null;
    }
  | { readonly ask: 'rules'; readonly source: string }
  | {
      readonly ask: 'names';
      readonly source: string;
      /** The Prometheus jobs whose names are wanted. */
      readonly jobs: readonly string[];
      /** Names that the spec knows, and need not be told. */
      readonly known: readonly string[];
      /** Names that it uses and does not declare: whoever emits them. */
      readonly used: readonly string[];
    }
  | { readonly ask: 'file'; readonly source: string; readonly path: string }
  | { readonly ask: 'json'; readonly source: string; readonly path: string }
  | {
      readonly ask: 'ci-runs';
      readonly source: string;
      /** GitHub: the workflow's file (`fast-mainnet.yml`, or its whole path). GitLab: its CI file; null for the project's. */
      readonly workflow: string | null;
      /** How many commits up to the candidate are looked at; the candidate's own is the first. */
      readonly commits: number;
    }
  | {
      readonly ask: 'ci-required';
      readonly source: string;
      /** Null: the default branch. */
      readonly branch: string | null;
      readonly check: string;
    }
  | {
      readonly ask: 'dashboard';
      readonly source: string;
      readonly uid: string | null;
      readonly title: string;
      /** Null: any folder. */
      readonly folder: string | null;
    }
  | {
      readonly ask: 'panel-data';
      readonly source: string;
      readonly dataSource: { readonly uid: string; readonly type: string };
      /** Variables of the dashboard are filled in; Grafana's own (`$__rate_interval`) are left to Grafana. */
      readonly expr: string;
      readonly instant: boolean;
      /** How far back from now. */
      readonly rangeMs: number;
    };

export type Ask = Question['ask'];

/** What each question is answered with. */
export interface AnswerOf {
  readonly metric: MetricSeen;
  readonly promql: PromqlAnswer;
  readonly rules: RulesAnswer;
  readonly names: NamesSeen;
  readonly file: FileAtCommit;
  readonly json: EndpointAnswer;
  readonly 'ci-runs': CiRunsSeen;
  readonly 'ci-required': CiRequiredSeen;
  readonly dashboard: DashboardSeen;
  readonly 'panel-data': PanelDataSeen;
}

/** What a source said at a moment, parsed. A failed collection is an observation too. */
export type Observation<A extends Ask = Ask> = {
  readonly [K in A]: {
    readonly question: Extract<Question, { ask: K }>;
    /** ISO 8601 UTC: when the answer was complete, or the attempt given up. */
    readonly observedAt: string;
    readonly tookMs: number;
    readonly outcome:
      | { readonly ok: true; readonly value: AnswerOf[K] }
      | { readonly ok: false; readonly failure: SourceFailure };
    /** The vendor's raw answers that it rests on, by index into the collection's `answers`. */
    readonly answers: readonly number[];
  };
}[A];

/** What one asking of one source gave. */
export interface Collection {
  /** In the order of the questions. */
  readonly observations: readonly Observation[];
  /** Raw bodies, redacted, for keeping by digest. */
  readonly answers: readonly { readonly url: string; readonly body: string }[];
  readonly requests: number;
}

/** A token, and the one origin (`https://api.github.com`) it may be sent to. */
export interface Credential {
  readonly origin: string;
  readonly token: string;
}

/** What every source is given besides its questions: the way out, the clock, and whose candidate it reads for. */
export interface SourceContext {
  readonly outgoing: Outgoing;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The candidate's commit; null when none is pinned. Only sources that `readsCandidate` use it. */
  readonly commit: string | null;
  /** The token that the installation holds for this source; null for none. */
  readonly credential?: Credential | null;
  readonly signal?: AbortSignal;
  /** Outlives one asking: what a source never changes is kept for as long as it lives. Default: `outgoing`. */
  readonly memory?: object;
  /** Where copies of remote repositories are kept. Default: a folder of its own under the system's temporary one. */
  readonly cacheDir?: string;
}

/** A stable key: equal questions on one source have equal keys, whatever launch asks. Excludes the source's id. */
export function questionKey(question: Question): string {
  switch (question.ask) {
    case 'metric':
      return `metric ${JSON.stringify([question.name, question.type, question.job])} ${question.freshWithinMs}`;
    case 'promql':
      return `promql ${question.range ? `${question.range.rangeMs}/${question.range.stepMs}` : 'now'} ${question.expr}`;
    case 'rules':
      return 'rules';
    case 'names':
      return `names ${JSON.stringify([question.jobs, question.used, question.known])}`;
    case 'file':
      return `file ${question.path}`;
    case 'json':
      return `json ${question.path}`;
    case 'ci-runs':
      return `ci-runs ${JSON.stringify([question.workflow, question.commits])}`;
    case 'ci-required':
      return `ci-required ${JSON.stringify([question.branch, question.check])}`;
    case 'dashboard':
      return `dashboard ${JSON.stringify([question.uid, question.title, question.folder])}`;
    case 'panel-data': {
      const { dataSource, instant, rangeMs, expr } = question;
      return `panel-data ${JSON.stringify([dataSource.uid, dataSource.type, instant, rangeMs])} ${expr}`;
    }
  }
}
