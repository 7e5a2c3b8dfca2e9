import { z } from 'zod';
import type { BindFault, CheckKind } from '#lib/domain/check-kind.ts';
import { type Json, type JsonObject, jsonSchema } from '#lib/domain/json.ts';
import type { Judgement } from '#lib/domain/judgement.ts';
import { type EndpointAnswer, redactedMark } from '#lib/domain/observations/endpoint.ts';
import type { Observation } from '#lib/domain/question.ts';
import {
  type Assertion,
  assertionSchema,
  conditionFault,
  type Finding,
  judgeAssertion,
} from './endpoint/assertion.ts';
import { pointersTo, valueAt } from './endpoint/pointer.ts';
import { fewOf, kept, named, shown, taken } from './endpoint/words.ts';
import { compileSchema } from './json-schema.ts';
import { durationText, msOf } from './metrics/declaration.ts';

/** A schema is compiled for each judgement; this many characters are enough for any answer a person wrote down. */
const schemaLimit = 64 * 1024;
/** A longer body is not shown with the evidence; the values asserted are. */
const bodyLimit = 16 * 1024;

const parameters = z
  .strictObject({
    path: z
      .string()
      .max(2000)
      .regex(/^\/[\x21\x22\x24-\x5b\x5d-\x7e]*$/, {
        error: 'write a path that begins with / and holds no space, # or backslash',
      })
      .describe('Path of the endpoint, after its source’s address, with its query if it has one.'),
    within: durationText
      .exactOptional()
      .describe('The answer is whole within this. Default: the source’s timeout.'),
    schema: z
      .record(z.string(), jsonSchema)
      .exactOptional()
      .describe('A JSON Schema that the body holds to.'),
    assert: z
      .array(assertionSchema)
      .min(1)
      .max(200)
      .exactOptional()
      .describe('What holds at places in the body.'),
  })
  .refine(({ schema, assert }) => schema !== undefined || assert !== undefined, {
    error: 'say what the body must be, by `schema`, `assert` or both: that something answers proves little',
  });

type Bound = {
  readonly path: string;
  readonly withinMs: number | null;
  readonly schema: JsonObject | null;
  readonly assert: readonly Assertion[];
};

/** Passes when an HTTP(S) endpoint answers in time with a JSON body that is as declared. */
export const endpoint: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'endpoint',
    title: 'Endpoint',
    why: 'What a running service says of its own settings has to be what was agreed, not what a file once said.',
    fix: 'Set the service to what is declared, or look at why it answers late; the evidence shows what it said.',
  },
  ruleVersion: 1,
  sourceKinds: ['endpoint'],
  parameters,
  bind: ({ path, within, schema = null, assert = [] }) => {
    const faults = [...schemaFault(schema), ...assert.flatMap(assertFaults)];
    if (faults.length > 0) return { ok: false, faults };
    return {
      ok: true,
      bound: { path, withinMs: within === undefined ? null : msOf(within), schema, assert },
    };
  },
  reads: ({ path }, source) => [{ ask: 'json', source, path }],
  evaluate: ([observation], bound) => {
    const seen = answered(observation);
    const findings = bound.assert.map((assertion) => judgeAssertion(seen.body, assertion));
    return judgementOf(seen, bound, findings, schemaFindings(seen.body, bound.schema));
  },
};

function schemaFault(schema: JsonObject | null): BindFault[] {
  if (schema === null) return [];
  if (JSON.stringify(schema).length > schemaLimit) {
    return [{ path: ['schema'], message: 'the schema is longer than 64 KiB; check less of the body' }];
  }
  const compiled = compileSchema(schema);
  return compiled.ok ? [] : [{ path: ['schema'], message: compiled.message }];
}

function assertFaults(assertion: Assertion, index: number): BindFault[] {
  const own = conditionFault(assertion);
  const faults: BindFault[] = own === null ? [] : [{ path: ['assert', index], message: own }];
  for (const [place, condition] of (assertion.when ?? []).entries()) {
    const message = conditionFault(condition);
    if (message !== null) faults.push({ path: ['assert', index, 'when', place], message });
  }
  return faults;
}

function answered(observation: Observation | undefined): EndpointAnswer {
  if (observation?.question.ask !== 'json' || !observation.outcome.ok) {
    throw new TypeError('A rule over an endpoint was given an observation of something else.');
  }
  return observation.outcome.value as EndpointAnswer;
}

/** Faults against the schema; those about a value that was a secret say nothing. */
function schemaFindings(body: Json, schema: JsonObject | null) {
  if (schema === null) return { faults: [], unclear: [] };
  const compiled = compileSchema(schema);
  if (!compiled.ok) throw new TypeError(`A schema that was bound does not compile: ${compiled.message}`);
  const all = compiled.faultsOf(body);
  const secrets = all.length === 0 ? [] : pointersTo(body, (text) => text.includes(redactedMark));
  const isUnclear = (fault: string) =>
    secrets.some((at) => fault.startsWith(`${at === '' ? 'the whole' : at} `));
  return { faults: all.filter((fault) => !isUnclear(fault)), unclear: all.filter(isUnclear) };
}

function judgementOf(
  seen: EndpointAnswer,
  bound: Bound,
  findings: readonly Finding[],
  schema: { readonly faults: readonly string[]; readonly unclear: readonly string[] },
): Judgement {
  const { withinMs } = bound;
  const inTime = withinMs === null ? null : seen.tookMs <= withinMs;
  const said = (outcome: Finding['outcome']) =>
    findings.filter((one) => one.outcome === outcome).map(({ at, words }) => `${named(at)} ${words}`);
  const late = inTime === false ? [`it took ${taken(seen.tookMs)}, allowed are ${taken(withinMs ?? 0)}`] : [];
  const wrong = [...late, ...schema.faults.map((fault) => withValue(fault, seen.body)), ...said('fails')];
  const asked = findings.filter(({ outcome }) => outcome !== 'not-asked').length;
  const nothing = asked === 0 && bound.schema === null ? ['none of the assertions applies to this body'] : [];
  const unclear = [
    ...nothing,
    ...schema.unclear.map((fault) => `${fault} (it is a secret, not kept)`),
    ...said('cannot-tell'),
  ];
  const verdict = wrong.length > 0 ? 'fail' : unclear.length > 0 ? 'unknown' : 'pass';

  const parts = asked + (bound.schema === null ? 0 : 1) + (inTime === null ? 0 : 1);
  const right =
    said('holds').length +
    Number(bound.schema !== null && schema.faults.length + schema.unclear.length === 0) +
    Number(inTime === true);
  const about = wrong.length > 0 ? wrong : unclear.length > 0 ? unclear : said('holds');
  const path = bound.path.replace(/\?.*/s, '');
  const asDeclared = about.length > 0 ? `: ${fewOf(about)}` : '';
  const passed = `${path} answered in ${taken(seen.tookMs)} and is as declared${asDeclared}.`;
  return {
    verdict,
    quiet: false,
    fact: { lead: `${right} of ${parts}.`, rest: fewOf(about) || `as declared, in ${taken(seen.tookMs)}` },
    sentence: verdict === 'pass' ? passed : `${path}: ${fewOf(about)}.`,
    toGreen: [
      ...wrong.map((line) => `Put right: ${line}.`),
      ...unclear.map((line) => `Declare it otherwise: ${line}.`),
    ],
    deciding: {
      inTime,
      schema: bound.schema === null ? null : [...schema.faults, ...schema.unclear],
      assertions: findings.map(({ at, outcome, value }, index) => ({
        at,
        outcome,
        value: outcome === 'not-asked' || bound.assert[index]?.reading === true ? null : kept(value),
      })),
    },
    readings: {
      tookMs: seen.tookMs,
      status: seen.status,
      values: Object.fromEntries(findings.map(({ at, value }) => [named(at), kept(value)])),
      body: JSON.stringify(seen.body).length > bodyLimit ? null : seen.body,
    },
    picture: { kind: 'reports', tookMs: [seen.tookMs], limitMs: withinMs },
    again: { language: 'url', text: seen.url, fault: null, href: hrefOf(seen.url) },
  };
}

/** A fault of the schema with the value it is about: a bound alone does not say by how much. */
function withValue(fault: string, body: Json): string {
  const at = /^(\/\S*) must/.exec(fault)?.[1];
  const value = at === undefined ? undefined : valueAt(body, at);
  if (value === undefined || (typeof value === 'object' && value !== null)) return fault;
  return `${fault} (it is ${shown(value)})`;
}

/** A link for people: only where nothing in the address was a secret. */
function hrefOf(url: string): string | null {
  return url.includes(redactedMark) ? null : url;
}
