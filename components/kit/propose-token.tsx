'use client';

import { useId } from 'react';
import type { ProposalTarget } from '#lib/domain/proposal-view.ts';

/** Whose token writes: one for this act alone, or the one held for the source. */
export interface GivenToken {
  readonly from: 'act' | 'source';
  readonly text: string;
}

interface Props {
  readonly target: ProposalTarget;
  readonly permissions: readonly string[];
  readonly token: GivenToken;
  readonly onToken: (token: GivenToken) => void;
}

/** Asks for the token that writes, and says what it must be allowed and where it goes. */
export function ProposeToken({ target, permissions, token, onToken }: Props) {
  const name = useId();
  const choices = [
    ['act', 'A token for this one act'],
    ['source', `The token held for ${target.title}`],
  ] as const;
  return (
    <fieldset className="propose-part">
      <legend className="heading">Token</legend>
      <p className="note">
        It takes {permissions.join(', ')}, on this one repository. It is sent to{' '}
        <code>{target.tokenOrigin}</code> alone; one for this act is kept nowhere.
      </p>
      {target.hasToken ? (
        <div className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
          {choices.map(([from, word]) => (
            <label key={from} className="flex items-center gap-2">
              <input
                type="radio"
                name={name}
                checked={token.from === from}
                onChange={() => onToken({ from, text: '' })}
              />
              {word}
            </label>
          ))}
        </div>
      ) : null}
      {token.from === 'act' ? (
        <input
          className="field mono mt-2"
          type="password"
          aria-label="Token for this one act"
          autoComplete="off"
          spellCheck={false}
          value={token.text}
          onChange={({ target: input }) => onToken({ from: 'act', text: input.value })}
        />
      ) : null}
    </fieldset>
  );
}
