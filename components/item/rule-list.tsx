'use client';

import { Age } from '#components/time/age.tsx';
import { formatSpan } from '#components/time/format.ts';
import { withKeys } from '#components/ui/with-keys.ts';
import { Shape } from '#components/verdict/shape.tsx';
import type { AlertReading } from './alerts.ts';

/** Alert rules: in order or not, whether they fire, and the query that each evaluates. */
export function RuleList({ alerts }: { readonly alerts: readonly AlertReading[] }) {
  return (
    <ul className="border-t border-line-2">
      {withKeys(alerts, ({ name, severity }) => `${name} ${severity}`).map(([key, alert]) => (
        <li key={key} className="border-b border-line py-2">
          <p className="flex flex-wrap items-center gap-x-2">
            <Shape of={alert.verdict ?? 'wait'} size="small" />
            <code>{alert.name}</code>
            <span className="text-ink-3">{alert.severity}</span>
            <span className="ml-auto text-ink-2">{alert.state.replaceAll('-', ' ')}</span>
          </p>
          {withKeys(alert.rules, ({ where }) => where).map(([rule, one]) => (
            <div key={rule} className="mt-1 pl-5">
              <code className="text-ink-2 wrap-anywhere">{one.query}</code>
              <p className="meta">
                {one.forMs === null ? null : <span>for {formatSpan(one.forMs)}</span>}
                <span>{one.firing === 0 ? 'does not fire' : `fires for ${one.firing} series`}</span>
                <span className="wrap-anywhere">{one.where}</span>
                {one.lastEvaluationAt ? (
                  <span>
                    evaluated <Age at={one.lastEvaluationAt} /> ago
                  </span>
                ) : (
                  <span>never evaluated</span>
                )}
                {one.lastError === '' ? null : <span className="text-fail">{one.lastError}</span>}
              </p>
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
