'use client';

import Link from 'next/link';
import { Trouble } from '#components/frame/trouble.tsx';

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly retry: () => void;
}

export default function ErrorPage({ error, retry }: Props) {
  return (
    <Trouble
      title="This page could not be shown"
      says="That is a fault of Big Green’s page, and says nothing about the launch: evidence and verdicts are kept, and go on being collected."
    >
      <button type="button" className="button button-primary" onClick={retry}>
        Try again
      </button>
      <Link className="button" href="/">
        All launches
      </Link>
      {error.digest ? (
        <span>
          The server’s log has it under <code>{error.digest}</code>.
        </span>
      ) : null}
    </Trouble>
  );
}
