'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import type { ProposalAnswer, ProposalPlan, ProposalTarget } from '#lib/domain/proposal-view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { proposeKit } from '#lib/queries/verbs.ts';
import { ProposeFiles } from './propose-files.tsx';
import { type GivenToken, ProposeToken } from './propose-token.tsx';

interface Props {
  readonly launch: string;
  readonly target: ProposalTarget;
  readonly plan: ProposalPlan;
  /** Paths that the person ticked; undefined while they chose none themselves. */
  readonly files: readonly string[] | undefined;
  /** True while what is shown is about to be another plan. */
  readonly isLooking: boolean;
  readonly onFiles: (paths: readonly string[]) => void;
  readonly onLook: () => void;
  readonly onMade: (answer: ProposalAnswer) => void;
  readonly onClose: () => void;
}

/** The whole of one proposal: from where, which files, in what words, and with whose token. */
export function ProposeForm({ launch, target, plan, isLooking, ...props }: Props) {
  const { base, branch } = plan;
  const chosen = props.files ?? plan.files.flatMap(({ path, isChosen }) => (isChosen ? [path] : []));
  const [title, setTitle] = useState<string | null>(null);
  const [text, setText] = useState<string | null>(null);
  const [token, setToken] = useState<GivenToken>({ from: 'act', text: '' });
  // The token is no variable of the mutation: those are kept for as long as it is.
  const propose = useMutation({
    mutationFn: () =>
      proposeKit(launch, {
        source: target.source,
        address: target.address,
        base: base.commit,
        branch: branch ?? '',
        files: chosen,
        title: title ?? plan.title,
        text: text ?? plan.text,
        token: token.from === 'source' ? null : token.text,
      }),
    gcTime: 0,
    onSuccess: (answer) => {
      setToken({ from: 'act', text: '' });
      props.onMade(answer);
    },
    onError: (refused) => {
      // What stands there has changed: it is shown anew, to be decided on again.
      if (problemOf(refused).code === 'conflict') props.onLook();
    },
  });
  const lacks =
    chosen.length === 0
      ? 'Tick a file.'
      : token.from === 'act' && token.text.trim() === ''
        ? 'It takes a token.'
        : '';
  const isReady = lacks === '' && branch !== null && !isLooking && !propose.isPending;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) propose.mutate();
      }}
    >
      <dl className="pairs mt-4">
        <dt>From</dt>
        <dd>
          <code>{base.branch}</code> at <code>{base.commit.slice(0, 12)}</code>. {base.why}
        </dd>
        <dt>Branch</dt>
        <dd>
          {branch ? <code>{branch}</code> : 'none yet'}, named by the digest of the files: the same ones never
          make a second
        </dd>
        <dt>Request</dt>
        <dd>
          A {target.request} into <code>{base.branch}</code> of {target.title}
        </dd>
      </dl>
      <ProposeFiles plan={plan} chosen={new Set(chosen)} onFiles={props.onFiles} />
      <div className="propose-part">
        <label className="block text-ink-2">
          Title
          <input
            className="field"
            value={title ?? plan.title}
            maxLength={255}
            autoComplete="off"
            onChange={({ target: input }) => setTitle(input.value)}
          />
        </label>
        <label className="block mt-3 text-ink-2">
          Text, in Markdown
          <textarea
            className="field mono"
            rows={7}
            value={text ?? plan.text}
            onChange={({ target: input }) => setText(input.value)}
          />
        </label>
      </div>
      <ProposeToken target={target} permissions={plan.permissions} token={token} onToken={setToken} />
      {propose.error ? <ProblemNote problem={problemOf(propose.error)} /> : null}
      <div className="dialog-foot">
        <button type="button" className="button" onClick={props.onClose}>
          Leave it
        </button>
        <button
          type="submit"
          className="button button-primary"
          aria-disabled={!isReady}
          aria-describedby="propose-why"
        >
          {propose.isPending ? 'Proposing' : `Open the ${target.request}`}
        </button>
        <p id="propose-why" className="note m-0 w-full text-right">
          {isLooking
            ? `Reading what ${target.title} has.`
            : lacks || `Writes to ${target.title} once you click.`}
        </p>
      </div>
    </form>
  );
}
