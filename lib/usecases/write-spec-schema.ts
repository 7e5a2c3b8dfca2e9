import { writeFile } from 'node:fs/promises';
import { specJsonSchemaFile, specJsonSchemaText } from './spec-json-schema.ts';

/** Writes the published JSON Schema anew: run it when the format or a kind's parameters change. */
async function writeSpecSchema(): Promise<void> {
  await writeFile(new URL(`../../${specJsonSchemaFile}`, import.meta.url), specJsonSchemaText());
}

await writeSpecSchema();
