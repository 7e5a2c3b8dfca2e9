/** An expression in parentheses; where it holds a `#`, they close on a line of their own, because a comment may end it. */
export function parenthesised(expr: string): string {
  return expr.includes('#') ? `(${expr}\n)` : `(${expr})`;
}

/** The selector of a metric. Names with dots, as OpenTelemetry has them, are no PromQL by themselves. */
export function selectorOf(metric: string): string {
  return /^[A-Za-z_:][A-Za-z0-9_:]*$/.test(metric) ? metric : `{__name__="${metric}"}`;
}
