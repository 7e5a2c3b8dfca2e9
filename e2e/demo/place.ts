import { resolve } from 'node:path';

/** Where a running demo says how its story is reached. */
export const storyFile = resolve('.big-green', 'demo', 'story-url');
