import { type ParseArgsConfig, parseArgs } from 'node:util';

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ options: O; allowPositionals: true; args: string[] }>
>;

/** Reads a command's arguments; a wrong one comes back as a sentence. */
export function readArguments<const O extends Options>(
  args: readonly string[],
  options: O,
): { ok: true; values: Parsed<O>['values']; positionals: string[] } | { ok: false; message: string } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { ok: true, values, positionals };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads `id=address` pairs, as `--source` takes them. */
export function readAddresses(
  pairs: readonly string[],
): { ok: true; addresses: Record<string, string> } | { ok: false; message: string } {
  const addresses: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1 || at === pair.length - 1)
      return { ok: false, message: `--source wants ID=ADDRESS, not “${pair}”.` };
    addresses[pair.slice(0, at)] = pair.slice(at + 1);
  }
  return { ok: true, addresses };
}
