import { z } from 'zod';
import { repositoryPathFault } from '#lib/domain/observations/repository.ts';

/** A path inside a repository, as parameters of checks take it. */
export const repositoryPath = z
  .string()
  .superRefine((path, context) => {
    const fault = repositoryPathFault(path);
    if (fault) context.addIssue({ code: 'custom', message: fault });
  })
  .describe('Path from the repository’s root, read at the candidate’s commit.');
