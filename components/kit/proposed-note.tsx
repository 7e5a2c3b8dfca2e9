'use client';

import { takeFocus } from '#components/ui/take-focus.ts';
import { webHref } from '#components/ui/web-href.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { ProposalAnswer } from '#lib/domain/proposal-view.ts';

interface Props {
  readonly made: ProposalAnswer;
  readonly onClose: () => void;
}

/** What stands at the vendor now, with its links; where no request does, why, and where it is opened by hand. */
export function ProposedNote({ made, onClose }: Props) {
  const { request, left, branch, branchAddress, commit, sentence } = made;
  return (
    <>
      <div role="status" className="mt-4">
        <div className="strip">
          <Shape of={request ? 'pass' : 'unknown'} size="small" />
          <p className="min-w-0 flex-1">
            <b className="font-medium">{sentence}</b>
            {left ? <span className="text-ink-2 wrap-anywhere"> {left.message}</span> : null}
          </p>
        </div>
        <dl className="pairs mt-3">
          {request ? (
            <>
              <dt>Request</dt>
              <dd>
                <a className="link" href={webHref(request.address)} target="_blank" rel="noreferrer">
                  {request.address}
                </a>
              </dd>
            </>
          ) : null}
          {left ? (
            <>
              <dt>By hand</dt>
              <dd>
                <a className="link" href={webHref(left.byHand)} target="_blank" rel="noreferrer">
                  Open the request there
                </a>
              </dd>
            </>
          ) : null}
          <dt>Branch</dt>
          <dd>
            <a className="link" href={webHref(branchAddress)} target="_blank" rel="noreferrer">
              {branch}
            </a>{' '}
            at <code>{commit.slice(0, 12)}</code>
          </dd>
        </dl>
      </div>
      <div className="dialog-foot">
        <button type="button" className="button button-primary" ref={takeFocus} onClick={onClose}>
          Close
        </button>
      </div>
    </>
  );
}
