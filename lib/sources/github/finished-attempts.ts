import type { CiJob } from '#lib/domain/observations/ci.ts';
import { createShelf } from '../shelf.ts';

/** Jobs of attempts that finished, which never change. */
export const finishedAttempts = createShelf<readonly CiJob[]>(5_000);
