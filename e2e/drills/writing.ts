import { z } from 'zod';

/** What a writing process is told, over its channel. */
export const writingSchema = z.object({
  appUrl: z.string(),
  process: z.number(),
  writers: z.number(),
  entriesEach: z.number(),
});

/** What it answers when all its writers are through. */
export const writtenSchema = z.object({ written: z.number(), errors: z.array(z.string()) });
