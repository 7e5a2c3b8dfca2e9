import type { components } from '@octokit/openapi-types';

/** GitHub's published description of its answers, as its own package of types has it. */
export type Schemas = components['schemas'];

/** Where the stand-in is, for the addresses in its answers. */
export interface Places {
  /** `http://127.0.0.1:1234/api/v3/repos/the-block/node`. */
  readonly api: string;
  /** `http://127.0.0.1:1234/the-block/node`. */
  readonly page: string;
}
