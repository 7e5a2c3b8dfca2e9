'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { notify } from '#components/ui/notice.tsx';
import type { LaunchHead } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { type CandidateMove, moveCandidate } from '#lib/queries/verbs.ts';

interface Props {
  readonly launch: LaunchHead;
  readonly onClose: () => void;
}

/** Pins or moves the candidate. It says what that will do before it is done. */
export function CandidateDialog({ launch, onClose }: Props) {
  const { candidate } = launch;
  const [to, setTo] = useState('');
  const target = targetOf(to);
  const look = useMutation({ mutationFn: () => moveCandidate(launch.id, target, true) });
  const move = useMutation({
    mutationFn: ({ candidate: { ref, commit } }: CandidateMove) =>
      moveCandidate(launch.id, { ref, commit }, false),
    onSuccess: ({ candidate: { ref, commit } }) => {
      notify(`The candidate is ${ref} at ${commit.slice(0, 7)}.`);
      onClose();
    },
    onError: (refused) => {
      // The ref moved since it was shown: what stands there now is shown in its place, to be decided on anew.
      if (problemOf(refused).code === 'conflict') look.mutate();
    },
  });
  const seen = look.data;
  const error = move.error ?? look.error;
  const title = candidate ? 'Move the candidate' : 'Pin the candidate';
  return (
    <Dialog
      title={title}
      says="Everything is judged at one commit. Moving it asks every check that reads the repository again, and stands in the ledger."
      onClose={onClose}
    >
      <form
        className="mt-4 flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          move.reset();
          look.mutate();
        }}
      >
        <label className="min-w-0 flex-1 text-ink-2">
          Branch, tag or commit; empty takes the ref of the spec
          <input
            className="field mono mt-1 block w-full text-ink"
            value={to}
            placeholder={candidate?.ref ?? ''}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target: input }) => {
              setTo(input.value);
              look.reset();
              move.reset();
            }}
          />
        </label>
        <button type="submit" className="button" aria-disabled={look.isPending}>
          {look.isPending ? 'Looking' : 'Look'}
        </button>
      </form>
      {seen ? <Preview seen={seen} from={candidate} /> : null}
      {error ? <ProblemNote problem={problemOf(error)} /> : null}
      <div className="dialog-foot">
        <button type="button" className="button" onClick={onClose}>
          Leave it
        </button>
        <button
          type="button"
          className="button button-primary"
          aria-disabled={!seen?.moved || move.isPending}
          aria-describedby="move-why"
          onClick={() => {
            if (seen?.moved && !move.isPending) move.mutate(seen);
          }}
        >
          {title}
        </button>
        <p id="move-why" className="note m-0 w-full text-right">
          {seen ? '' : 'Look first: it says what moving does.'}
        </p>
      </div>
    </Dialog>
  );
}

interface PreviewProps {
  readonly seen: CandidateMove;
  readonly from: LaunchHead['candidate'];
}

function Preview({ seen, from }: PreviewProps) {
  return (
    <div className="mt-4" role="status">
      <dl className="pairs">
        <dt>Now</dt>
        <dd>
          {from ? (
            <>
              <code>{from.commit.slice(0, 12)}</code>, {from.ref}
            </>
          ) : (
            'none is pinned'
          )}
        </dd>
        <dt>Then</dt>
        <dd>
          <code>{seen.candidate.commit.slice(0, 12)}</code>, {seen.candidate.ref}
        </dd>
      </dl>
      {seen.moved ? (
        <ul className="mt-3 list-disc pl-5 text-ink-2">
          {seen.affects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
      ) : (
        <p className="mt-3 text-ink-2">That is the commit already pinned: nothing would move.</p>
      )}
    </div>
  );
}

/** Forty hexadecimal digits (or 64, in SHA-256 repositories) are a commit; anything else is a ref. */
function targetOf(text: string): { readonly ref?: string; readonly commit?: string } {
  const trimmed = text.trim();
  if (trimmed === '') return {};
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/i.test(trimmed)
    ? { commit: trimmed.toLowerCase() }
    : { ref: trimmed };
}
