import { Shape } from '#components/verdict/shape.tsx';
import type { SourceSetting } from '#lib/domain/source-settings.ts';
import { LastAnswer } from './last-answer.tsx';
import { healthShape, healthWord, signsIn } from './source-words.ts';

interface Props {
  readonly sources: readonly SourceSetting[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

/** The sources, a row each; the chosen one is shown beside. */
export function SourcesTable({ sources, chosen, onChoose }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className="scroller min-w-0" tabIndex={0} aria-label="Sources">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" className="wide">
              Address
            </th>
            <th scope="col" className="wide">
              Signs in
            </th>
            <th scope="col" className="wide">
              Network
            </th>
            <th scope="col" className="text-right">
              Items
            </th>
            <th scope="col" className="text-right">
              Last answer
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.key} aria-current={source.key === chosen ? 'true' : undefined}>
              <th scope="row">
                <button
                  type="button"
                  className="settings-pick"
                  aria-pressed={source.key === chosen}
                  onClick={() => onChoose(source.key)}
                >
                  <Shape of={healthShape(source.health)} size="small" label={healthWord(source.health)} />
                  {source.title}
                </button>
              </th>
              <td className="wide settings-address mono wrap-anywhere">
                {source.address.replace(/^https?:\/\//, '')}
              </td>
              <td className="wide">{signsIn(source)}</td>
              <td className="wide mono">{source.networks.join(', ') || '–'}</td>
              <td className="text-right tabular-nums">{source.items}</td>
              <td className="text-right whitespace-nowrap">
                <LastAnswer source={source} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
