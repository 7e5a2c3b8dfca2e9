import type { SourceFailure } from '#lib/domain/failure.ts';

/** Grafana answers 403 for what may not be seen; what may not be seen is not absent. */
export function isHidden({ kind, status }: SourceFailure): boolean {
  return kind === 'unauthorised' && status === 403;
}

/** A refusal with the name of the permission that the token lacks; any other failure as it is. */
export function withPermission(failure: SourceFailure, permission: string): SourceFailure {
  if (!isHidden(failure)) return failure;
  return { ...failure, message: `${failure.message} It wants the permission ${permission}.` };
}
