import { Frame } from './frame.tsx';
import { tenth } from './line.ts';

/** Parts done of a whole: a few as bars side by side, more as a square each, many as a bar of shares. Hollow red is open. */
export function Boxes({ done, total }: { readonly done: number; readonly total: number }) {
  const label = `${done} of ${total} boxes ticked`;
  if (total > 36) {
    const share = tenth((160 * done) / total);
    return (
      <Frame label={label}>
        <path d={`M0 10h${share}`} stroke="var(--color-chart-bar)" strokeWidth="7" />
        {done < total ? (
          <rect
            x={share + 0.6}
            y="7.1"
            width={Math.max(158.8 - share, 1)}
            height="5.8"
            fill="none"
            stroke="var(--color-fail)"
            strokeWidth="1.2"
          />
        ) : null}
      </Frame>
    );
  }
  const isFew = total <= 8;
  const lines = total > 18 ? 2 : 1;
  const width = isFew ? tenth((160 - 3 * (total - 1)) / total) : 7;
  const height = isFew ? 5 : 7;
  const place = (at: number) => {
    const x = Math.trunc(at / lines) * (isFew ? width + 3 : 8.8);
    return { x, y: lines === 1 ? 10 - height / 2 : 2 + (at % 2) * 9 };
  };
  const squares = Array.from({ length: total }, (_, at) => ({ ...place(at), ticked: at < done }));
  return (
    <Frame label={label}>
      <path
        d={squares
          .flatMap(({ x, y, ticked }) => (ticked ? [`M${tenth(x)} ${y}h${width}v${height}h${-width}z`] : []))
          .join('')}
        fill="var(--color-chart-bar)"
      />
      <path
        d={squares
          .flatMap(({ x, y, ticked }) =>
            ticked
              ? []
              : [
                  `M${tenth(x + 0.6)} ${y + 0.6}h${tenth(width - 1.2)}v${height - 1.2}h${-tenth(width - 1.2)}z`,
                ],
          )
          .join('')}
        fill="none"
        stroke="var(--color-fail)"
        strokeWidth="1.2"
      />
    </Frame>
  );
}
