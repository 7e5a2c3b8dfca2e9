'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { takeFocus } from '#components/ui/take-focus.ts';
import type { ProposalAnswer, ProposalChoice } from '#lib/domain/proposal-view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { proposalQuery } from '#lib/queries/kit.ts';
import { ProposeForm } from './propose-form.tsx';
import { ProposeWhere } from './propose-where.tsx';
import { ProposedNote } from './proposed-note.tsx';

interface Props {
  readonly launch: string;
  readonly onClose: () => void;
}

/** Says what a click would write at a vendor, and writes it on that click alone. */
export function ProposeDialog({ launch, onClose }: Props) {
  const [choice, setChoice] = useState<ProposalChoice>({});
  const [made, setMade] = useState<ProposalAnswer | null>(null);
  const { data, error, isFetching, refetch } = useQuery(proposalQuery(launch, choice));
  const target = data?.targets.find(({ source }) => source === (choice.source ?? data.targets[0]?.source));
  return (
    <Dialog
      title="Propose the kit’s files"
      says="One commit on a branch of its own, and a request to merge it. Nothing else is written, and nobody’s branch is changed."
      onClose={onClose}
      wide
    >
      {made ? (
        <ProposedNote made={made} onClose={onClose} />
      ) : data?.plan && target ? (
        <div ref={takeFocus} tabIndex={-1} className="propose">
          <ProposeWhere targets={data.targets} target={target} onPick={(source) => setChoice({ source })} />
          <ProposeForm
            key={target.source}
            launch={launch}
            target={target}
            plan={data.plan}
            files={choice.files}
            isLooking={isFetching}
            onFiles={(files) => setChoice({ source: target.source, files })}
            onLook={() => void refetch()}
            onMade={setMade}
            onClose={onClose}
          />
        </div>
      ) : (
        <div className="propose">
          {data && target ? (
            <ProposeWhere targets={data.targets} target={target} onPick={(source) => setChoice({ source })} />
          ) : null}
          <p className="propose-wait" role="status">
            {isFetching ? 'Reading the branch and its files' : ''}
          </p>
          {data?.unread && !isFetching ? (
            <ProblemNote problem={{ code: 'source-failed', faults: [], ...data.unread }} />
          ) : null}
          {error ? <ProblemNote problem={problemOf(error)} /> : null}
          <div className="dialog-foot">
            <button type="button" className="button" onClick={onClose}>
              Leave it
            </button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
