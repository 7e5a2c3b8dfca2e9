import { Shape } from '#components/verdict/shape.tsx';
import type { ItemView } from '#lib/domain/view.ts';

/** Who is to sign, by the spec's rule. Nobody can sign yet, and it says so. */
export function SignOff({ rules }: { readonly rules: ItemView['signOff'] }) {
  const count = rules.reduce((sum, rule) => sum + rule.count, 0);
  return (
    <section aria-labelledby="sign-off">
      <div className="heading-row mb-0">
        <h2 id="sign-off" className="heading">
          Sign-off
        </h2>
        <span className="end text-ink-3">
          {count === 0 ? 'none due' : count === 1 ? '1 signature due' : `${count} signatures due`}
        </span>
      </div>
      {rules.map(({ role, title, count: wanted }) => (
        <div key={role} className="signer">
          <Shape of="wait" />
          <b className="font-medium">{title}</b>
          <span className="word">Due</span>
          <p>{wanted === 1 ? 'One person in this role.' : `${wanted} different persons in this role.`}</p>
        </div>
      ))}
      <p className="note">
        {count === 0
          ? 'The spec asks nobody to sign this item: its evidence decides alone.'
          : 'This is the spec’s rule, shown and not yet enforced: signing is not here yet. Until it is, an item with passing evidence is ready without a signature, and nothing a person states counts as a pass.'}
      </p>
    </section>
  );
}
