'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import type { SourceSetting, SpecChanged, SpecToChange } from '#lib/domain/source-settings.ts';
import { problemOf } from '#lib/queries/api.ts';
import { testAddress } from '#lib/queries/sources.ts';
import { AdoptStep } from './adopt-step.tsx';
import { Field } from './field.tsx';
import { NetworkField } from './network-field.tsx';
import { ProbeList } from './probe-list.tsx';
import { kindWords, sourceKinds } from './source-words.ts';
import { SpecDifference } from './spec-difference.tsx';
import { TextField } from './text-field.tsx';
import { TokenField } from './token-field.tsx';
import { useSpecChange } from './use-spec-change.ts';

type Kind = SourceSetting['kind'];

interface Props {
  readonly launches: readonly SpecToChange[];
  readonly onAdded: (changed: SpecChanged) => void;
  readonly onClose: () => void;
}

/** Adds a source to a launch's spec: tried out first, shown as the lines that come, then adopted with its token. */
export function AddForm({ launches, onAdded, onClose }: Props) {
  const [launch, setLaunch] = useState(launches[0]?.launch ?? '');
  const [kind, setKind] = useState<Kind>('prometheus');
  const [id, setId] = useState('');
  const [title, setTitle] = useState('');
  const [address, setAddress] = useState('');
  const [network, setNetwork] = useState('');
  const [token, setToken] = useState('');
  const given = kind === 'repository' || token.trim() === '' ? null : token;
  const test = useMutation({
    mutationFn: () => testAddress({ kind, address, token: given, of: null }),
    gcTime: 0,
  });
  const { look, adopt, anew } = useSpecChange((changed) => {
    setToken('');
    onAdded(changed);
  }, given);
  const into = launches.find((one) => one.launch === launch) ?? launches[0];
  const { needs, address: example } = kindWords(kind);
  const canTest = address.trim() !== '' && !test.isPending;
  const isReady = canTest && id.trim() !== '' && into !== undefined && !look.isPending && !adopt.isPending;
  const tried = <T,>(set: (value: T) => void) =>
    anew((value: T) => {
      set(value);
      test.reset();
    });
  const optional = (text: string) => (text.trim() === '' ? null : text.trim());
  return (
    <section className="block-line mb-8" aria-labelledby="add-source">
      <h2 id="add-source" className="heading">
        Add a source
      </h2>
      <form
        className="settings-form settings-form-wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady || !into) return;
          const add = { id: id.trim(), kind, title: optional(title), network: optional(network), address };
          look.mutate({ launch: into.launch, over: into.spec, change: { add } });
        }}
      >
        <Choice label="Kind" value={kind} set={tried((to: string) => setKind(to as Kind))} note={needs} first>
          {sourceKinds.map((one) => [one, kindWords(one).name] as const)}
        </Choice>
        <Choice
          label="Launch whose spec gets it"
          value={launch}
          set={anew((to: string) => {
            setLaunch(to);
            setNetwork('');
          })}
        >
          {launches.map((one) => [one.launch, one.title] as const)}
        </Choice>
        <TextField label="Address" value={address} set={tried(setAddress)} placeholder={example} mono />
        <TextField
          label="Id in the spec"
          value={id}
          set={anew(setId)}
          placeholder={kind}
          note="Lower-case letters, digits and -. Checks name it by that."
          mono
        />
        <TextField label="Title" value={title} set={anew(setTitle)} placeholder={kindWords(kind).name} />
        <NetworkField of={into?.networks ?? []} value={network} set={anew(setNetwork)} />
        {kind === 'repository' ? null : (
          <TokenField
            label="Token, if it takes one"
            value={token}
            set={tried(setToken)}
            note="Sent to the address for the test; sealed once the source is added, and never shown again."
          />
        )}
        <div className="flex flex-wrap items-end gap-2">
          <button
            type="button"
            className="button"
            aria-disabled={!canTest}
            onClick={() => (canTest ? test.mutate() : undefined)}
          >
            {test.isPending ? 'Testing' : 'Test connection'}
          </button>
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
      </form>
      <div role="status">
        {test.data ? <ProbeList probe={test.data} /> : null}
        {look.data ? (
          <div className="mt-4">
            <SpecDifference preview={look.data.preview} />
          </div>
        ) : null}
      </div>
      {test.error ? <ProblemNote problem={problemOf(test.error)} /> : null}
      <AdoptStep look={look} adopt={adopt} act="Add the source" doing="Adding" className="mt-3" />
    </section>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly note?: string;
  readonly first?: boolean;
  readonly children: readonly (readonly [value: string, words: string])[];
}

function Choice({ label, value, set, note, first = false, children }: ChoiceProps) {
  return (
    <Field label={label} note={note}>
      {({ id, describedBy }) => (
        <select
          id={id}
          // biome-ignore lint/a11y/noAutofocus: somebody has just opened this form to choose here
          autoFocus={first}
          className="field mt-1 block w-full"
          aria-describedby={describedBy}
          value={value}
          onChange={({ target }) => set(target.value)}
        >
          {children.map(([of, words]) => (
            <option key={of} value={of}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
