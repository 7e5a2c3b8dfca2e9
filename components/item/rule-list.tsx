import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { Picture } from '#lib/domain/judgement.ts';

type Rule = Extract<Picture, { kind: 'rules' }>['rules'][number];

/** Alert rules by name: firing or not, and how far the value is on its way to the threshold. */
export function RuleList({ rules }: { readonly rules: readonly Rule[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col">State</th>
          <th scope="col">Of its threshold</th>
        </tr>
      </thead>
      <tbody>
        {withKeys(rules, ({ name }) => name).map(([key, { name, firing, progress }]) => (
          <tr key={key}>
            <th scope="row">
              <code>{name}</code>
            </th>
            <td>
              <span className="inline-flex items-center gap-1.5">
                <Shape of={firing ? 'fail' : 'pass'} size="small" />
                {firing ? 'fires' : 'does not fire'}
              </span>
            </td>
            <td>{progress === null ? 'not known' : `${Math.trunc(progress * 100)} %`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
