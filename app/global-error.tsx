'use client';

interface Props {
  readonly retry: () => void;
}

/** Stands in for the whole page when not even its frame can be shown; so it needs nothing but itself. */
export default function GlobalError({ retry }: Props) {
  return (
    <html lang="en">
      <body>
        <title>Big Green</title>
        <main>
          <h1>Big Green’s page could not be shown</h1>
          <p>
            That says nothing about the launch: evidence and verdicts are kept, and go on being collected.
          </p>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
