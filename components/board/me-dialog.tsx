'use client';

import { Dialog } from '#components/ui/dialog.tsx';

interface Props {
  readonly owners: readonly string[];
  readonly onPick: (owner: string) => void;
  readonly onClose: () => void;
}

/** Asks whose items "Mine" are, as long as nobody signs in. */
export function MeDialog({ owners, onPick, onClose }: Props) {
  return (
    <Dialog
      title="Whose items are yours?"
      says="There is no sign-in yet. The name only filters, and is kept in this browser."
      onClose={onClose}
    >
      <ul className="mt-4 flex flex-wrap gap-2">
        {owners.map((owner) => (
          <li key={owner}>
            <button type="button" className="button" onClick={() => onPick(owner)}>
              {owner}
            </button>
          </li>
        ))}
      </ul>
      <div className="dialog-foot">
        <button type="button" className="button button-ghost" onClick={onClose}>
          Not now
        </button>
      </div>
    </Dialog>
  );
}
