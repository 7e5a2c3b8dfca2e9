import { Frame } from './frame.tsx';

/** A column a metric; red where it has a hole. Many columns are drawn as shares of the width. */
export function Matrix({ columns }: { readonly columns: readonly ('whole' | 'hole')[] }) {
  const width = 160 / Math.max(columns.length, 1);
  const bar = Math.max(width - (width > 4 ? 2 : 0.5), 0.6);
  const holes = columns.filter((column) => column === 'hole').length;
  const draw = (wanted: 'whole' | 'hole') =>
    columns
      .map((column, at) =>
        column === wanted ? `M${(at * width).toFixed(1)} 3h${bar.toFixed(1)}v14h-${bar.toFixed(1)}z` : '',
      )
      .join('');
  return (
    <Frame label={`${columns.length - holes} of ${columns.length} metrics whole`}>
      <path d={draw('whole')} fill="var(--color-chart-bar)" />
      <path d={draw('hole')} fill="var(--color-fail)" />
    </Frame>
  );
}
