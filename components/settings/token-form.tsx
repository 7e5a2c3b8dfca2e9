'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { Moment } from '#components/time/age.tsx';
import type { SourceSetting } from '#lib/domain/source-settings.ts';
import { problemOf } from '#lib/queries/api.ts';
import { sourcesKey } from '#lib/queries/keys.ts';
import { setSourceToken } from '#lib/queries/sources.ts';

interface Props {
  readonly source: SourceSetting;
  readonly origin: string;
}

/** Sets, rotates or removes a source's token. What is typed is sent once and never shown again. */
export function TokenForm({ source, origin }: Props) {
  const client = useQueryClient();
  const [token, setToken] = useState('');
  const field = useId();
  const save = useMutation({
    mutationFn: (value: string | null) => setSourceToken(source.key, value),
    onSuccess: () => {
      setToken('');
      return client.invalidateQueries({ queryKey: sourcesKey });
    },
  });
  const isReady = token.trim() !== '' && !save.isPending;
  return (
    <form
      className="mt-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save.mutate(token);
      }}
    >
      <h3 className="heading">Token</h3>
      <p className="note">
        {source.tokenSetAt ? (
          <>
            Set <Moment at={source.tokenSetAt} />; sealed, and never shown again.
          </>
        ) : (
          'None is set.'
        )}{' '}
        It is sent to <code>{origin}</code> alone: another address asks for it again.
      </p>
      <label htmlFor={field} className="block mt-2">
        {source.tokenSetAt ? 'A new token, in place of the one before' : 'Token'}
      </label>
      <div className="mt-1 flex flex-wrap gap-2">
        <input
          id={field}
          className="field mono min-w-0 flex-1"
          type="password"
          autoComplete="off"
          spellCheck={false}
          value={token}
          onChange={({ target }) => setToken(target.value)}
        />
        <button type="submit" className="button button-primary" aria-disabled={!isReady}>
          {source.tokenSetAt ? 'Rotate' : 'Save the token'}
        </button>
        {source.tokenSetAt ? (
          <button
            type="button"
            className="button"
            aria-disabled={save.isPending}
            onClick={() => (save.isPending ? undefined : save.mutate(null))}
          >
            Remove
          </button>
        ) : null}
      </div>
      {save.error ? <ProblemNote problem={problemOf(save.error)} /> : null}
    </form>
  );
}
