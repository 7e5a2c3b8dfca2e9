'use client';

import { type ReactNode, useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import type { Problem } from '#lib/domain/problem.ts';
import { problemOf } from '#lib/queries/api.ts';
import type { SpecOrigin } from '#lib/queries/verbs.ts';
import { AddressFields, addressesOf, noAddresses } from './address-fields.tsx';
import { useAdopt } from './use-adopt.ts';

/** A spec is at most 1 MiB of text. */
const mostBytes = 1024 * 1024;

interface AdoptFormProps {
  /** A draft to begin with. */
  readonly given?: { readonly text: string; readonly name: string };
  readonly onClose: () => void;
}

/** Adopts a spec from text, a file, or a repository's path. Faults come back with their line and what to write. */
export function AdoptForm({ given, onClose }: AdoptFormProps) {
  const [text, setText] = useState(given?.text ?? '');
  const [name, setName] = useState(given?.name ?? 'spec.yaml');
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const [repository, setRepository] = useState('');
  const [path, setPath] = useState('');
  const [ref, setRef] = useState('');
  const [addresses, setAddresses] = useState(noAddresses);
  const adopt = useAdopt();
  const isText = adopt.variables ? 'text' in adopt.variables.origin : true;
  const start = (origin: SpecOrigin): void => {
    if (!adopt.isPending) adopt.mutate({ origin, addresses: addressesOf(addresses) });
  };
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const large = file.size > mostBytes;
    setTooLarge(large ? `${file.name} has ${file.size} bytes; a spec has at most ${mostBytes}.` : null);
    if (large) return;
    setText(await file.text());
    setName(file.name);
  };
  return (
    <section className="block-line" aria-label="Adopt a spec">
      <div className="adopt">
        <AdoptPart
          title="From text or a file"
          word="Adopt this text"
          isReady={text.trim() !== ''}
          isPending={adopt.isPending}
          problem={adopt.error && isText ? problemOf(adopt.error) : null}
          onAdopt={() => start({ text, name })}
        >
          <label>
            The spec, as YAML
            <textarea
              className="field mono"
              rows={10}
              spellCheck={false}
              value={text}
              placeholder="format: big-green/v1"
              onChange={({ target }) => setText(target.value)}
            />
          </label>
          <label>
            Or a file
            <input
              className="mt-1 block w-full"
              type="file"
              accept=".yaml,.yml"
              onChange={({ target }) => void take(target.files?.[0])}
            />
          </label>
          {tooLarge ? <p className="note text-fail">{tooLarge}</p> : null}
        </AdoptPart>
        <AdoptPart
          title="From a repository"
          word="Adopt from the repository"
          isReady={repository.trim() !== '' && path.trim() !== ''}
          isPending={adopt.isPending}
          problem={adopt.error && !isText ? problemOf(adopt.error) : null}
          onAdopt={() =>
            start({
              repository: repository.trim(),
              path: path.trim(),
              ...(ref.trim() === '' ? {} : { ref: ref.trim() }),
            })
          }
        >
          <TextField
            label="Repository: an https address, or a path on this machine"
            value={repository}
            set={setRepository}
          />
          <TextField
            label="Path of the spec in it"
            value={path}
            set={setPath}
            placeholder="launch/readiness.yaml"
          />
          <TextField label="Branch, tag or commit; empty takes its default" value={ref} set={setRef} />
        </AdoptPart>
      </div>
      <AddressFields rows={addresses} setRows={setAddresses} />
      <button type="button" className="button button-ghost mt-3" onClick={onClose}>
        Close
      </button>
    </section>
  );
}

interface PartProps {
  readonly title: string;
  readonly word: string;
  readonly isReady: boolean;
  readonly isPending: boolean;
  /** Why it was not adopted; null as long as nothing was refused here. */
  readonly problem: Problem | null;
  readonly onAdopt: () => void;
  readonly children: ReactNode;
}

function AdoptPart({ title, word, isReady, isPending, problem, onAdopt, children }: PartProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onAdopt();
      }}
    >
      <h2 className="heading">{title}</h2>
      {children}
      <button type="submit" className="button button-primary mt-3" aria-disabled={!isReady || isPending}>
        {isPending ? 'Reading' : word}
      </button>
      {problem ? <ProblemNote problem={problem} /> : null}
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly placeholder?: string;
}

function TextField({ label, value, set, placeholder }: FieldProps) {
  return (
    <label>
      {label}
      <input
        className="field mono"
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => set(target.value)}
      />
    </label>
  );
}
