import { z } from 'zod';
import type { CheckKind } from '#lib/domain/check-kind.ts';

const parameters = z.strictObject({
  statement: z
    .string()
    .trim()
    .min(1)
    .max(1000)
    .describe('What the person states, in words that can be true or false.'),
  role: z.string().min(1).describe('Id of the role whose word it is.'),
  link: z
    .url({ protocol: /^https?$/, error: 'write a link that begins with https:// or http://' })
    .exactOptional()
    .describe('Where what they rest it on can be read.'),
});
type Bound = {
  readonly statement: string;
  readonly role: string;
  readonly roleTitle: string;
  readonly link: string | null;
};

/**
 * A statement that only a person can make. Until people can sign it is `claimed`, whatever it says: a line in a spec
 * is nobody's signature.
 */
export const attestation: CheckKind<z.infer<typeof parameters>, Bound> = {
  meta: {
    id: 'attestation',
    title: 'Attestation',
    why: 'Some things no machine can see: a ceremony, a contract, a rehearsal. A named person has to state them.',
    fix: 'The person in the role signs the statement, with a reason and a link or file.',
  },
  ruleVersion: 1,
  sourceKinds: [],
  parameters,
  bind: ({ statement, role, link }, spec) => {
    const known = spec.roles.find(({ id }) => id === role);
    if (!known) {
      const roles = spec.roles.map(({ id }) => id).join(', ') || 'none';
      return {
        ok: false,
        faults: [{ path: ['role'], message: `no role "${role}" in this spec; it has: ${roles}` }],
      };
    }
    return { ok: true, bound: { statement, role, roleTitle: known.title, link: link ?? null } };
  },
  reads: () => [],
  evaluate: (_observations, { statement, role, roleTitle, link }) => ({
    verdict: 'claimed',
    quiet: false,
    fact: { lead: 'Unsigned.', rest: statement },
    sentence: `Nobody in the role ${roleTitle} has signed: “${statement}”`,
    toGreen: [`${roleTitle} signs this statement, with a reason and a link or file.`],
    deciding: { statement, role, link },
    readings: {},
    picture: { kind: 'claim', since: null },
    again: link ? { language: 'url', text: link, fault: null, href: link } : null,
  }),
};
