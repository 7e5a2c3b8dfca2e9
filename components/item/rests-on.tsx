'use client';

import { shortDigest } from '#components/board/board-meta.tsx';
import { copyText } from '#components/ui/copy.ts';
import type { ItemView } from '#lib/domain/view.ts';

/** What a verdict of this item rests on: digests of evidence, rules, spec and candidate. */
export function RestsOn({ view }: { readonly view: ItemView }) {
  const { candidate, specDigest } = view.launch;
  return (
    <section aria-labelledby="rests-on" className="mt-6">
      <h2 id="rests-on" className="heading">
        What it rests on
      </h2>
      <dl className="pairs mt-2 gap-y-2">
        {view.checks.map(({ id, kind, ruleVersion, evidenceDigest }) => (
          <div key={id} className="contents">
            <dt className="clip">{id}</dt>
            <dd>
              {evidenceDigest ? <Digest digest={evidenceDigest} /> : 'no evidence yet'}, rule{' '}
              <code>{kind}</code> version {ruleVersion}
            </dd>
          </div>
        ))}
        <dt>Spec</dt>
        <dd>
          <Digest digest={specDigest} />
        </dd>
        <dt>Candidate</dt>
        <dd>
          {candidate ? (
            <>
              <code>{candidate.commit}</code>, {candidate.ref}
            </>
          ) : (
            'none is pinned'
          )}
        </dd>
      </dl>
    </section>
  );
}

function Digest({ digest }: { readonly digest: string }) {
  return (
    <button
      type="button"
      className="link mono"
      title={`${digest}: copy`}
      onClick={() => void copyText(digest, 'Digest')}
    >
      {shortDigest(digest)}
    </button>
  );
}
