'use client';

import { useState } from 'react';
import type { SourceInSpec, SourceKey } from '#lib/domain/source-settings.ts';
import { AdoptStep } from './adopt-step.tsx';
import { NetworkField } from './network-field.tsx';
import { SpecDifference } from './spec-difference.tsx';
import { TextField } from './text-field.tsx';
import { useSpecChange } from './use-spec-change.ts';

interface Props {
  readonly spec: SourceInSpec;
  readonly onClose: () => void;
}

/** Changes what a spec says of a source: first the difference, then its adoption. Empty takes the default. */
export function SpecForm({ spec, onClose }: Props) {
  const written = (key: SourceKey) => spec.values.find((value) => value.key === key)?.written ?? '';
  const [title, setTitle] = useState(written('title'));
  const [network, setNetwork] = useState(written('network'));
  const [every, setEvery] = useState(written('every'));
  const [timeout, setTimeout] = useState(written('timeout'));
  const { look, adopt, anew } = useSpecChange(onClose);
  const now = { title, network, every, timeout };
  const keys = (['title', 'network', 'every', 'timeout'] as const).filter(
    (key) => now[key].trim() !== written(key),
  );
  const values = Object.fromEntries(
    keys.map((key) => [key, now[key].trim() === '' ? null : now[key].trim()]),
  );
  const isReady = keys.length > 0 && !look.isPending && !adopt.isPending;
  return (
    <form
      className="settings-form"
      aria-label={`Change it in the spec of ${spec.title}`}
      onSubmit={(event) => {
        event.preventDefault();
        const change = { edit: { source: spec.source, values } };
        if (isReady) look.mutate({ launch: spec.launch, over: spec.spec, change });
      }}
    >
      <TextField label="Title" value={title} set={anew(setTitle)} placeholder={spec.source} first />
      <NetworkField of={spec.networks} value={network} set={anew(setNetwork)} />
      <TextField
        label="Asked every"
        value={every}
        set={anew(setEvery)}
        placeholder={hold(spec, 'every')}
        note="A number and a unit: 15s, 1m. Empty takes the default."
        mono
      />
      <TextField
        label="Answers within"
        value={timeout}
        set={anew(setTimeout)}
        placeholder={hold(spec, 'timeout')}
        mono
      />
      <div className="flex flex-wrap gap-2">
        <button
          type="submit"
          className={look.data ? 'button' : 'button button-primary'}
          aria-disabled={!isReady}
        >
          {look.isPending ? 'Reading' : 'Show the difference'}
        </button>
        <button type="button" className="button button-ghost" onClick={onClose}>
          Leave it
        </button>
      </div>
      <div role="status">{look.data ? <SpecDifference preview={look.data.preview} /> : null}</div>
      <AdoptStep
        look={look}
        adopt={adopt}
        act="Adopt the change"
        doing="Adopting"
        className="justify-self-start"
      />
    </form>
  );
}

function hold(spec: SourceInSpec, key: SourceKey): string {
  return spec.values.find((value) => value.key === key)?.holds ?? '';
}
