import { setTheme } from '#components/frame/theme.ts';
import { keysSwitch } from '#components/keys/bindings.ts';
import { copyText } from '#components/ui/copy.ts';
import { notify } from '#components/ui/notice.tsx';
import { readStored, writeStored } from '#components/ui/stored.ts';
import { problemOf } from '#lib/queries/api.ts';
import { requestCheck } from '#lib/queries/verbs.ts';

interface Command {
  readonly title: string;
  readonly run: () => void;
}

/** What can be done from anywhere. */
export function commandsOf(launch: { readonly id: string } | null, onKeys: () => void): readonly Command[] {
  const singleKeys = readStored(keysSwitch) === 'off';
  return [
    ...(launch ? [{ title: 'Check the whole launch again', run: () => void checkAll(launch.id) }] : []),
    { title: 'Copy the link of this page', run: () => void copyText(location.href, 'Link') },
    { title: 'Print this page', run: () => print() },
    { title: 'Show the keys', run: onKeys },
    {
      title: singleKeys ? 'Switch single keys on' : 'Switch single keys off',
      run: () => writeStored(keysSwitch, singleKeys ? null : 'off'),
    },
    { title: 'Colours: as the system', run: () => setTheme('system') },
    { title: 'Colours: light', run: () => setTheme('light') },
    { title: 'Colours: dark', run: () => setTheme('dark') },
  ];
}

async function checkAll(launch: string): Promise<void> {
  try {
    const { requested } = await requestCheck(launch, {});
    notify(`${requested} checks asked; rows change as their sources answer.`);
  } catch (error) {
    const { message, remedy } = problemOf(error);
    notify(`Not asked: ${message} ${remedy ?? ''}`);
  }
}
