'use client';

import { launchScreens } from '#components/frame/screens.ts';
import { Dialog } from '#components/ui/dialog.tsx';
import { useStored, writeStored } from '#components/ui/stored.ts';
import { keysSwitch } from './bindings.ts';

const keys: readonly { readonly does: string; readonly keys: readonly string[] }[] = [
  { does: 'Next row, previous row', keys: ['j', 'k'] },
  { does: 'Open the row', keys: ['Enter'] },
  { does: 'Back; clear the filter', keys: ['Esc'] },
  { does: 'Filter by text', keys: ['/'] },
  { does: 'Filter by state, in their order', keys: ['1', '…', '9'] },
  { does: 'Mine', keys: ['m'] },
  { does: 'Drifted files, on the Kit', keys: ['d'] },
  { does: 'Check again', keys: ['r'] },
  { does: 'Put rows in order again', keys: ['.'] },
  { does: 'Copy the link of an item', keys: ['l'] },
  { does: 'Find anything', keys: ['⌘K', 'Ctrl K'] },
  ...launchScreens.map(({ title, key }) => ({ does: title, keys: ['g', key] })),
  { does: 'Launches', keys: ['g', 'l'] },
  { does: 'Sources', keys: ['g', 's'] },
  { does: 'These keys', keys: ['?'] },
];

/** The keys, and the switch that turns single keys off. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const isOn = useStored(keysSwitch) !== 'off';
  return (
    <Dialog title="Keys" says="They never fire while you type." onClose={onClose}>
      <dl className="keys-list">
        {keys.map(({ does, keys: each }) => (
          <div key={does}>
            <dt>{does}</dt>
            <dd>
              {each.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div className="dialog-foot">
        <label className="mr-auto flex items-center gap-2">
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => writeStored(keysSwitch, target.checked ? null : 'off')}
          />
          Single keys work on this browser
        </label>
        <button type="button" className="button button-primary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
