import { Age } from '#components/time/age.tsx';
import { withKeys } from '#components/ui/with-keys.ts';
import type { SignatureView } from '#lib/domain/view.ts';

const says: Readonly<Record<SignatureView['state'], string>> = {
  given: 'given',
  due: 'due',
  suspended: 'suspended, not counted; counts again by itself',
  lapsed: 'lapsed, sign again',
  'needs-work': 'needs work',
};

/** Who signs, by the letters of the role; role and state are spelled out on hover and for screen readers. */
export function Signatures({ of }: { readonly of: readonly SignatureView[] }) {
  return (
    <span className={`signatures${of.length > 2 ? ' signatures-many' : ''}`}>
      {withKeys(of, ({ role }) => role).map(([key, signature]) => (
        <Signature key={key} of={signature} />
      ))}
    </span>
  );
}

function Signature({ of }: { readonly of: SignatureView }) {
  return (
    <span className={`signature signature-${of.state}`} title={`${of.title}: ${says[of.state]}`}>
      <svg aria-hidden="true">
        <use href={`#glyph-${of.state}`} />
      </svg>
      <b aria-hidden="true">{of.abbreviation}</b>
      <span className="sr-only">{`${of.title} ${says[of.state]}`}</span>
      {of.since && of.state !== 'given' ? <Age at={of.since} /> : null}
    </span>
  );
}
