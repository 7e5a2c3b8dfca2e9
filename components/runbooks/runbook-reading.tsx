'use client';

import { useQuery } from '@tanstack/react-query';
import { ProblemNote } from '#components/frame/problem-note.tsx';
import { webHref } from '#components/ui/web-href.ts';
import type { LaunchHead } from '#lib/domain/view.ts';
import { problemOf } from '#lib/queries/api.ts';
import { runbookTextQuery } from '#lib/queries/views.ts';
import { DocumentBlocks } from './document-blocks.tsx';

interface Props {
  readonly launch: LaunchHead;
  readonly runbook: string;
  readonly title: string;
}

/** A runbook's section, read rendered. */
export function RunbookReading({ launch, runbook, title }: Props) {
  const { data, error } = useQuery(runbookTextQuery(launch, runbook));
  if (error) return <ProblemNote problem={problemOf(error)} />;
  if (!data) return <p className="text-ink-3">Reading</p>;
  const href = webHref(data.href);
  return (
    <article className="document" aria-label={`${title}, as written`}>
      <DocumentBlocks blocks={data.blocks} prefix={`${runbook.replace(/\W/g, '-')}-`} />
      <p className="note">
        As it stands at <code>{data.commit.slice(0, 12)}</code>.
        {data.more > 0 ? ` ${data.more} more blocks are not shown.` : ''}{' '}
        {href ? (
          <a className="link" href={href} target="_blank" rel="noreferrer">
            Open the document
          </a>
        ) : null}
      </p>
    </article>
  );
}
