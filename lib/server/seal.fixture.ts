import { createSeal, type Seal } from './seal.ts';

/** A seal of no installation, for tests and benches. */
export const testSeal: Seal = createSeal('of no installation, and long enough', 'source token');
