'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { Dialog } from '#components/ui/dialog.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import { wordOf } from '#components/verdict/words.ts';
import { boardQuery, coverageQuery } from '#lib/queries/views.ts';
import { commandsOf } from './commands.ts';

interface Props {
  readonly launch: { readonly id: string; readonly title: string } | null;
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

/** Finds any item, metric, screen or command. What it searches is asked for when it opens, not before. */
export function Palette({ launch, onClose, onKeys }: Props) {
  const router = useRouter();
  const go = (href: string) => {
    onClose();
    router.push(href);
  };
  const commands = commandsOf(launch, onKeys);
  return (
    <Dialog title="Find" onClose={onClose} bare>
      <Command className="palette" label="Find" loop>
        <Command.Input data-autofocus placeholder="Find an item, metric, screen or command" />
        <Command.List>
          <Command.Empty>Nothing here has that name.</Command.Empty>
          {launch ? <Items launch={launch.id} go={go} /> : null}
          <Command.Group heading="Screens">
            {launch ? (
              <>
                <Command.Item onSelect={() => go(`/launches/${launch.id}`)}>
                  Board <Hint keys={['g', 'b']} />
                </Command.Item>
                <Command.Item onSelect={() => go(`/launches/${launch.id}/coverage`)}>
                  Coverage <Hint keys={['g', 'c']} />
                </Command.Item>
              </>
            ) : null}
            <Command.Item onSelect={() => go('/')}>
              Launches <Hint keys={['g', 'l']} />
            </Command.Item>
          </Command.Group>
          <Command.Group heading="Commands">
            {commands.map(({ title, run }) => (
              <Command.Item
                key={title}
                onSelect={() => {
                  onClose();
                  run();
                }}
              >
                {title}
              </Command.Item>
            ))}
          </Command.Group>
          {launch ? <Metrics launch={launch.id} go={go} /> : null}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Hint({ keys }: { readonly keys: readonly string[] }) {
  return (
    <span className="end flex gap-1">
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}

interface GroupProps {
  readonly launch: string;
  readonly go: (href: string) => void;
}

function Items({ launch, go }: GroupProps) {
  const { data } = useQuery(boardQuery(launch));
  if (!data) return null;
  return (
    <Command.Group heading="Items">
      {data.tracks.map(({ id, title, items }) =>
        items.map((item) => (
          <Command.Item
            key={`${id} ${item.id}`}
            value={`${item.title} ${item.id} ${item.owner ?? ''} ${title}`}
            onSelect={() => go(`/launches/${launch}/items/${item.id}`)}
          >
            <Shape of={item.state} label={wordOf(item.state)} />
            <span className="clip">{item.title}</span>
            <span className="end max-sm:hidden">{item.owner ?? title}</span>
          </Command.Item>
        )),
      )}
    </Command.Group>
  );
}

function Metrics({ launch, go }: GroupProps) {
  const { data } = useQuery(coverageQuery(launch));
  if (!data) return null;
  return (
    <Command.Group heading="Metrics">
      {data.rows.map(({ metric, whole }) => (
        <Command.Item
          key={metric}
          value={metric}
          onSelect={() => go(`/launches/${launch}/coverage?metric=${encodeURIComponent(metric)}`)}
        >
          <Shape of={whole ? 'pass' : 'fail'} label={whole ? 'Whole' : 'With a hole'} />
          <span className="mono clip">{metric}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
