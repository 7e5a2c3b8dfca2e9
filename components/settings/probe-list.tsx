import { Age } from '#components/time/age.tsx';
import { Shape } from '#components/verdict/shape.tsx';
import type { Probe } from '#lib/domain/source-settings.ts';
import { probeShape, probeWord } from './source-words.ts';

/** What a test of a connection found. */
export function ProbeList({ probe }: { readonly probe: Probe }) {
  return (
    <div className="mt-4">
      <h3 className="heading">
        Tested <Age at={probe.testedAt} /> ago
      </h3>
      <ul className="settings-probe">
        {probe.parts.map(({ name, state, says, tookMs }) => (
          <li key={name}>
            <Shape of={probeShape(state)} size="small" label={probeWord(state)} />
            <span className="text-ink-3">{name}</span>
            <span className="min-w-0 wrap-anywhere">{says}</span>
            <span className="text-right text-ink-3 tabular-nums">
              {tookMs === null ? '' : `${tookMs} ms`}
            </span>
          </li>
        ))}
      </ul>
      {probe.note ? <p className="note mt-2">{probe.note}</p> : null}
    </div>
  );
}
