import type { SourceContext } from '#lib/domain/question.ts';

/**
 * The header that signs a request in: `Authorization: Bearer …` (RFC 6750), which every vendor read here takes. None
 * where there is no token, or the request goes to another origin than the token is for.
 */
export function authorisation(
  { credential }: Pick<SourceContext, 'credential'>,
  url: string,
): Readonly<Record<string, string>> {
  if (!credential || !URL.canParse(url) || new URL(url).origin !== credential.origin) return {};
  return { authorization: `Bearer ${credential.token}` };
}
