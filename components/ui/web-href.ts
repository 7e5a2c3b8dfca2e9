/** An address as a link may have it, or undefined: only the web's own schemes, whatever text a source or a spec names. */
export function webHref(address: string | null): string | undefined {
  return address !== null && /^https?:\/\//i.test(address) ? address : undefined;
}
