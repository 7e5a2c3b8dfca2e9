import { parse as parseYaml } from 'yaml';
import { z } from 'zod';

const rulesSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string().optional(),
          annotations: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    }),
  ),
});

/** Where each alert of a rule file sends people: its `runbook_url`, null where it has none. */
export function alertLinks(
  text: string,
):
  | { readonly ok: true; readonly links: ReadonlyMap<string, string | null> }
  | { readonly ok: false; readonly message: string } {
  try {
    const value: unknown = parseYaml(text, { schema: 'core', maxAliasCount: 100, logLevel: 'error' });
    const read = rulesSchema.safeParse(value);
    if (!read.success) return { ok: false, message: 'it is no file of Prometheus’s rules' };
    const rules = read.data.groups.flatMap((group) => group.rules);
    return {
      ok: true,
      links: new Map(
        rules.flatMap(({ alert, annotations }) => {
          const url = annotations?.runbook_url;
          return alert === undefined ? [] : [[alert, typeof url === 'string' ? url : null] as const];
        }),
      ),
    };
  } catch {
    return { ok: false, message: 'it is not YAML' };
  }
}

/** Why an alert's link does not lead to a section; null when it does. */
export function linkFault(
  url: string | null | undefined,
  to: { readonly path: string; readonly anchor: string; readonly anchors: ReadonlySet<string> },
): string | null {
  if (url === undefined) return 'has no rule there';
  if (url === null) return 'has no `runbook_url`';
  const [address = '', fragment = ''] = url.split('#');
  const decoded = (text: string) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  const file = decoded(address);
  if (file !== to.path && !file.endsWith(`/${to.path}`)) return `leads to another document, ${url}`;
  if (fragment === '') return 'leads to the document and to no section of it';
  const anchor = decoded(fragment);
  if (anchor === to.anchor) return null;
  return to.anchors.has(anchor)
    ? `leads to another section, #${fragment}`
    : `leads to #${fragment}, which is no heading`;
}
