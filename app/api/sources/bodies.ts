import { z } from 'zod';

const kind = z.enum(['prometheus', 'repository', 'endpoint', 'github', 'gitlab', 'grafana']);
/** Longer than any address that is used, so that it is refused in our words. */
const address = z.string().max(4000);
/** Never in an answer, nor in what is said of it. */
const token = z.string().max(8192).nullable();
const launches = z.array(z.string().max(200)).max(2000);

/** Where a source is to be read, for which launches, over which versions of their specs. */
export const moveSchema = z.strictObject({
  to: address,
  launches: z
    .array(
      z.strictObject({ launch: z.string().max(200), source: z.string().max(200), spec: z.string().max(200) }),
    )
    .max(2000),
  token,
  dryRun: z.boolean(),
});

/** An address that is tried out before anything is kept. */
export const addressToTestSchema = z.strictObject({
  kind,
  address,
  token,
  of: z.strictObject({ key: z.string().max(200), launches }).nullable(),
});

const text = z.string().max(1000).nullable();

/** A source to change in a launch's spec, or to add to it, over the version that was looked at. */
export const sourceChangeSchema = z.strictObject({
  over: z.string().max(200),
  change: z.union([
    z.strictObject({
      add: z.strictObject({ id: z.string().max(1000), kind, title: text, network: text, address }),
    }),
    z.strictObject({
      edit: z.strictObject({
        source: z.string().max(200),
        values: z.strictObject({
          title: text.optional(),
          network: text.optional(),
          every: text.optional(),
          timeout: text.optional(),
        }),
      }),
    }),
  ]),
  token,
  dryRun: z.boolean(),
});
