import { Shape } from '#components/verdict/shape.tsx';

const widths = ['62%', '48%', '70%', '55%', '64%', '44%', '58%', '66%'];

/** What stands where rows will: their final height, after 300 ms, without shimmer. */
export function WaitingRows({ label }: { readonly label: string }) {
  return (
    <main id="main" className="page">
      <div className="waiting" role="status" aria-label={label}>
        <i className="mb-3 mt-2 w-2/5" style={{ height: '1.75rem' }} />
        <i className="mb-10 w-1/3" />
        {widths.map((width) => (
          <div className="row" key={width}>
            <Shape of="wait" />
            <i className="word" style={{ width: '44px' }} />
            <i className="row-title" style={{ width }} />
            <i className="row-owner w-14" />
            <i className="row-fact" style={{ width }} />
            <span className="row-picture" />
            <span className="signatures" />
            <i className="row-age" style={{ width: '28px' }} />
          </div>
        ))}
      </div>
    </main>
  );
}
