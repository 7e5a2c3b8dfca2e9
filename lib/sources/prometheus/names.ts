import { z } from 'zod';
import type { NamesSeen } from '#lib/domain/observations/prometheus.ts';
import type { Question } from '#lib/domain/question.ts';
import type { Client } from './client.ts';
import { escapeName, namesSelector, quote } from './request.ts';

export type NamesQuestion = Extract<Question, { ask: 'names' }>;

/** Names read of an answer; kept of those that the spec does not know. */
const mostRead = 10_000;
const mostKept = 500;
/** Prometheus tells names by blocks, so that what was emitted within two hours or so counts as well. */
const withinMs = 10 * 60_000;
/** Made by Prometheus itself for every target, or by a rule. */
const itsOwn = /^(up|scrape_.+|ALERTS|ALERTS_FOR_STATE)$/;
const suffix = /_(?:bucket|sum|count|created)$/;

/**
 * Which names the jobs emit: one request, whatever their number. A failure is told in the answer, since no verdict
 * rests on it. API: https://prometheus.io/docs/prometheus/latest/querying/api/#querying-label-values
 */
export async function askNames(client: Client, question: NamesQuestion): Promise<NamesSeen> {
  const { jobs, used } = question;
  const nowS = Math.trunc(client.now() / 1000);
  const reply = await client.get('label/__name__/values', {
    'match[]': [
      `{job=~${quote(jobs.map(escapeName).join('|'))}}`,
      ...(used.length > 0 ? [namesSelector(used)] : []),
    ],
    start: String(nowS - withinMs / 1000),
    end: String(nowS),
    limit: String(mostRead + 1),
  });
  const none = { jobs, used: [], unknown: [], more: 0, cut: false };
  if (!reply.ok) return { ...none, unread: reply.failure.message };
  const read = z.array(z.string()).safeParse(reply.data);
  if (!read.success) {
    const unread = `${client.title} answered with names of a shape that is not Prometheus’s.`;
    return { ...none, unread };
  }
  const names = read.data.slice(0, mostRead);
  const there = new Set(names);
  const known = new Set([...question.known, ...used]);
  const unknown = [
    ...new Set(names.flatMap((name) => (itsOwn.test(name) ? [] : metricOf(name, there)))),
  ].filter((name) => !known.has(name));
  return {
    jobs,
    used: used.filter((name) => there.has(name)),
    unknown: unknown.sort().slice(0, mostKept),
    more: Math.max(0, unknown.length - mostKept),
    cut: read.data.length > mostRead,
    unread: null,
  };
}

/** The parts of a histogram or summary are one metric: a sum and a count stand beside each other. */
function metricOf(name: string, there: ReadonlySet<string>): string {
  const base = name.replace(suffix, '');
  return base !== name && there.has(`${base}_sum`) && there.has(`${base}_count`) ? base : name;
}
