'use client';

import { withKeys } from '#components/ui/with-keys.ts';
import type { EntryChange, EntryChangeKind } from '#lib/domain/checklist.ts';

const words: Readonly<Record<EntryChangeKind, string>> = {
  added: 'Added',
  removed: 'Removed',
  reworded: 'Reworded',
  moved: 'Moved',
  ticked: 'Ticked',
  unticked: 'Unticked',
};
const order = ['added', 'removed', 'reworded', 'moved', 'unticked', 'ticked'] as const;

/** What changed since the version before, by kind; items keep their identity through all of it. */
export function Changes({ changes }: { readonly changes: readonly EntryChange[] }) {
  const groups = Map.groupBy(changes, ({ kind }) => kind);
  return (
    <section className="mt-5" aria-labelledby="changed">
      <h3 id="changed" className="heading">
        {changes.length === 0 ? 'Nothing changed since the version before' : 'Since the version before'}
      </h3>
      {order.map((kind) => {
        const group = groups.get(kind) ?? [];
        if (group.length === 0) return null;
        return (
          <details key={kind} className="disclose mt-2" open={group.length <= 20}>
            <summary>
              {words[kind]}: {group.length}
            </summary>
            <ol className="faults">
              {withKeys(group, ({ id }) => id).map(([key, { id, text, line, before }]) => (
                <li key={key}>
                  <span className="where mono">{line}</span>
                  <span className="min-w-0 wrap-anywhere">
                    {text} <code className="text-ink-3">{id}</code>
                    {before === null ? null : (
                      <span className="block text-ink-3">
                        {kind === 'moved' ? 'It stood under ' : 'It was '}
                        {before}
                      </span>
                    )}
                  </span>
                </li>
              ))}
            </ol>
          </details>
        );
      })}
    </section>
  );
}
