import Link from 'next/link';
import type { CheckView } from '#lib/domain/view.ts';

/** What the kit can show of the file: it beside the kit's, and a dashboard drawn from live data. */
const kitWords: Readonly<Record<string, string>> = {
  'kit-file': 'Compare it with the kit’s file',
  'dashboard-file': 'Draw the kit’s dashboard from live data',
  runbook: 'Read the kit’s runbook',
};

interface Props {
  readonly launch: string;
  readonly check: CheckView;
}

/** The way from a file's check to the same file on the Kit screen. */
export function InTheKit({ launch, check }: Props) {
  const word = kitWords[check.kind];
  const again = check.judgement?.again ?? null;
  if (word === undefined || again?.language !== 'git') return null;
  const path = again.text.slice(again.text.indexOf(':') + 1);
  return (
    <p>
      <Link
        className="link"
        href={`/launches/${launch}/kit?file=${encodeURIComponent(path)}`}
        prefetch={false}
      >
        {word}
      </Link>
    </p>
  );
}
