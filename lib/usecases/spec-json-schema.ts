import { z } from 'zod';
import { checkKinds } from '#lib/checks/registry.ts';
import type { CheckCatalogue, RegisteredCheck } from '#lib/domain/check-kind.ts';
import { type Json, type JsonObject, jsonSchema } from '#lib/domain/json.ts';
import { documentSchema } from '#lib/spec/format.ts';
import { checkCommonKeys, checkCommonSchema } from '#lib/spec/format-tracks.ts';
import { saidOf } from '#lib/spec/schema-walk.ts';

/** Where the published schema stands, below the project's root. */
export const specJsonSchemaFile = 'public/schema/readiness.schema.json';

/**
 * The JSON Schema (2020-12) of the spec format, for editors: made from the schemas that reading goes by, with one
 * kind of check beside the other, told apart by `kind`. What only reading can see (references, cycles, bounds of
 * durations) is not in it.
 */
export function specJsonSchema(catalogue: CheckCatalogue = checkKinds): JsonObject {
  const document = schemaOf(documentSchema);
  const common = members(schemaOf(checkCommonSchema).properties);
  const kinds = [...catalogue.values()].sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
  const made = kinds.map((kind) => checkOf(kind, common));
  const check = {
    title: 'check',
    description: 'One thing a machine can decide, or a statement that a person signs.',
    type: 'object',
    required: ['kind'],
    properties: { kind: { description: 'The kind of check.', enum: kinds.map(({ meta }) => meta.id) } },
    oneOf: kinds.map(({ meta }) => ({ $ref: `#/$defs/check-${meta.id}` })),
  };
  return { ...document, $defs: { ...members(document.$defs), check, ...Object.assign({}, ...made) } };
}

/** The published file's text. */
export function specJsonSchemaText(): string {
  return `${JSON.stringify(specJsonSchema(), null, 2)}\n`;
}

/**
 * The definitions for one kind: `check-<kind>`, which has what every check may say and the kind's own parameters in
 * one object without other keys, and what the parameters refer to, under names of the kind's own.
 */
function checkOf({ meta, parameters }: RegisteredCheck, common: JsonObject): JsonObject {
  const prefix = `check-${meta.id}-`;
  const { $schema: _, $defs, ...own } = renamed(schemaOf(parameters), prefix);
  const taken = Object.keys(members(own.properties)).filter((key) => checkCommonKeys.has(key));
  if (taken.length > 0)
    throw new Error(`${meta.id} names a parameter ${taken.join(', ')}, which is every check's own.`);
  const check = {
    ...own,
    title: meta.title,
    description: meta.why,
    type: 'object',
    properties: {
      kind: { const: meta.id, description: meta.why },
      ...without(common, 'kind'),
      ...members(own.properties),
    },
    required: ['kind', ...(Array.isArray(own.required) ? own.required : [])],
    additionalProperties: false,
  };
  const others = Object.entries(members($defs)).map(([name, schema]) => [`${prefix}${name}`, schema]);
  return { [`check-${meta.id}`]: check, ...Object.fromEntries(others) };
}

function renamed(schema: JsonObject, prefix: string): JsonObject {
  const text = JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', `"$ref":"#/$defs/${prefix}`);
  return members(jsonSchema.parse(JSON.parse(text)));
}

function schemaOf(schema: z.ZodType): JsonObject {
  const made = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-2020-12',
    // Zod leaves examples away where reading changes the value, as it does with durations and instants.
    override: ({ zodSchema, jsonSchema: to }) => {
      const examples = saidOf(zodSchema).examples;
      if (Array.isArray(examples)) to.examples = examples;
    },
  });
  // Through JSON, so that what is not JSON in it (Zod's own marks) falls away.
  return members(jsonSchema.parse(JSON.parse(JSON.stringify(made))));
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

function members(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}
