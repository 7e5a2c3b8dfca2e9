import { withKeys } from '#components/ui/with-keys.ts';
import type { Picture } from '#lib/domain/judgement.ts';
import { Frame } from './frame.tsx';
import { tenth } from './line.ts';

type Rule = Extract<Picture, { kind: 'rules' }>['rules'][number];

const gap = 6;

/** Each rule's value on the way to its threshold: the upright. Red fires; a dotted way is one of which no value is told. */
export function Rules({ rules }: { readonly rules: readonly Rule[] }) {
  const shown = rules.slice(0, 20);
  const width = (160 - gap * (shown.length - 1)) / Math.max(shown.length, 1);
  const firing = rules.filter((rule) => rule.firing).length;
  const label = `${rules.length} rules, ${firing === 0 ? 'none firing' : `${firing} firing`}`;
  return (
    <Frame label={label}>
      {withKeys(shown, ({ name }) => name).map(([key, rule], at) => (
        <RuleBar key={key} rule={rule} left={tenth(at * (width + gap))} width={tenth(width)} />
      ))}
    </Frame>
  );
}

function RuleBar({
  rule,
  left,
  width,
}: {
  readonly rule: Rule;
  readonly left: number;
  readonly width: number;
}) {
  const done = rule.progress === null ? null : Math.max(0, Math.min(1, rule.progress));
  const colour = rule.firing ? 'var(--color-fail)' : 'var(--color-chart-bar)';
  return (
    <>
      {done === null && !rule.firing ? (
        <path
          d={`M${left} 12.5h${tenth(width - 2)}`}
          stroke="var(--color-chart-soft)"
          strokeWidth="1.2"
          strokeDasharray="1.5 2"
        />
      ) : (
        <path d={`M${left} 12.5h${width}`} stroke="var(--color-chart-fill)" strokeWidth="5" />
      )}
      {done === null && !rule.firing ? null : (
        <path d={`M${left} 12.5h${tenth(width * (done ?? 1))}`} stroke={colour} strokeWidth="5" />
      )}
      <path
        d={`M${tenth(left + width - 0.6)} 6.5v9.5`}
        stroke={rule.firing ? 'var(--color-fail)' : 'var(--color-chart-line)'}
        strokeWidth="1.2"
      />
    </>
  );
}
