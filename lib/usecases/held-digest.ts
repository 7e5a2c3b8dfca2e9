import type { CiRunsSeen } from '#lib/domain/observations/ci.ts';
import type { DashboardSeen } from '#lib/domain/observations/grafana.ts';
import type { RulesAnswer } from '#lib/domain/observations/prometheus.ts';
import type { Observation, Question } from '#lib/domain/question.ts';
import { sha256 } from '#lib/server/sha256.ts';

const known = new WeakMap<object, string>();

/**
 * A digest of what a source holds that screens show in whole: a dashboard, the loaded rules, the runs of a workflow. A
 * verdict rests on parts of it: when it changes, what was seen begins a new row of evidence though the verdict and its
 * deciding fields stay. Null for what observes no such thing, or was not answered.
 */
export function heldDigest([first]: readonly Observation[]): string | null {
  if (!first?.outcome.ok) return null;
  const { value } = first.outcome;
  const digest = known.get(value);
  if (digest !== undefined) return digest;
  const held = heldIn(first.question, value);
  if (held === null) return null;
  // As it was answered, and not in canonical form: texts of vendors may hold what that refuses.
  const made = `sha256:${sha256(JSON.stringify(held))}`;
  known.set(value, made);
  return made;
}

/** Without what changes while nobody changes anything: evaluations, states, versions, times. */
function heldIn(question: Question, value: unknown): unknown {
  // Each question is answered with its own kind of value.
  if (question.ask === 'dashboard') {
    const { dashboards, elsewhere, dataSources } = value as DashboardSeen;
    const held = dashboards.map(({ uid, title, folder, json }) => [uid, title, folder, json]);
    return [held, elsewhere, dataSources];
  }
  if (question.ask === 'rules') {
    const { alerts, recording } = value as RulesAnswer;
    const loaded = alerts.map(
      ({ name, group, file, query, forMs, keepFiringForMs = 0, labels, annotations }) => {
        return [name, group, file, query, forMs, keepFiringForMs, labels, annotations];
      },
    );
    return [loaded, recording];
  }
  if (question.ask === 'ci-runs') {
    const { commits, elsewhere } = value as CiRunsSeen;
    const ran = commits.map(({ commit, runs }) => [
      commit,
      runs.map(({ id, attempt, phase, conclusion, jobs }) => {
        return [id, attempt, phase, conclusion, jobs?.map((job) => [job.name, job.phase, job.conclusion])];
      }),
    ]);
    return [ran, elsewhere?.run.id ?? null];
  }
  return null;
}
