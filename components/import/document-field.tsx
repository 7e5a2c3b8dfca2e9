'use client';

import { useState } from 'react';
import type { GivenText } from '#lib/queries/verbs.ts';

/** What one request may carry, with room for what JSON escapes. */
const mostBytes = 3 * 1024 * 1024;

interface Props {
  readonly label: string;
  readonly accept: string;
  readonly rows: number;
  readonly given: GivenText;
  readonly set: (given: GivenText) => void;
}

/** A document that is pasted, or chosen as a file. A file that cannot be read takes nothing away. */
export function DocumentField({ label, accept, rows, given, set }: Props) {
  const [refused, setRefused] = useState<string | null>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const read = await readText(file);
    setRefused(read.ok ? null : read.message);
    if (read.ok) set({ content: read.text, name: file.name });
  };
  return (
    <div>
      <label className="mt-3 block text-ink-2">
        {label}
        <textarea
          className="field mono mt-1 block w-full text-ink"
          rows={rows}
          spellCheck={false}
          value={given.content}
          onChange={({ target }) => set({ ...given, content: target.value })}
        />
      </label>
      <label className="mt-2 block text-ink-2">
        Or a file
        <input
          className="mt-1 block w-full"
          type="file"
          accept={accept}
          onChange={({ target }) => void take(target.files?.[0])}
        />
      </label>
      {refused ? (
        <p className="note text-fail" role="alert">
          {refused}
        </p>
      ) : null}
    </div>
  );
}

async function readText(
  file: File,
): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string }> {
  if (file.size > mostBytes) {
    const message = `${file.name} has ${file.size} bytes; at most ${mostBytes} are read here; the command big-green import reads more. What stands above is as it was.`;
    return { ok: false, message };
  }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()) };
  } catch {
    return { ok: false, message: `${file.name} is no UTF-8 text. What stands above is as it was.` };
  }
}
