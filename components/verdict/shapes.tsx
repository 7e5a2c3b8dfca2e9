/*
 * The shapes of verdicts and signatures, once a page; `Shape` and `Glyph` refer to them. Filled is evidence that is
 * in, outlined is something missing.
 */

const thin = {
  fill: 'none',
  stroke: 'currentColor',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

function Disc() {
  return <circle cx="8" cy="8" r="6.3" strokeWidth="1.4" {...thin} />;
}

function PassShape() {
  return (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.9 8.3l2.2 2.2 4.1-4.7" {...thin} stroke="var(--color-bg)" strokeWidth="1.7" />
    </>
  );
}

/** Rendered once, in the root layout. */
export function ShapeSprite() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <symbol id="shape-pass" viewBox="0 0 16 16">
        <PassShape />
      </symbol>
      <symbol id="shape-ready" viewBox="0 0 16 16">
        <PassShape />
      </symbol>
      <symbol id="shape-fail" viewBox="0 0 16 16">
        <rect x="1.5" y="1.5" width="13" height="13" rx="1.5" fill="currentColor" />
        <path d="M5.3 5.3l5.4 5.4m0-5.4l-5.4 5.4" {...thin} stroke="var(--color-bg)" strokeWidth="1.7" />
      </symbol>
      <symbol id="shape-unknown" viewBox="0 0 16 16">
        <path d="M8 .9L15.1 8 8 15.1.9 8z" {...thin} strokeWidth="1.4" />
        <path
          d="M6.4 6.6c0-.95.7-1.6 1.65-1.6s1.65.6 1.65 1.5c0 1.15-1.6 1.2-1.6 2.5"
          {...thin}
          strokeWidth="1.3"
        />
        <circle cx="8.1" cy="10.9" r=".85" fill="currentColor" />
      </symbol>
      <symbol id="shape-stale" viewBox="0 0 16 16">
        <Disc />
        <path d="M8 4.4V8l2.5 1.6" {...thin} strokeWidth="1.4" />
      </symbol>
      <symbol id="shape-claimed" viewBox="0 0 16 16">
        <rect
          x="1.8"
          y="1.8"
          width="12.4"
          height="12.4"
          rx="2"
          {...thin}
          strokeLinecap="butt"
          strokeWidth="1.4"
          strokeDasharray="2.6 1.9"
        />
        <path d="M5.2 8.2l2 2 3.7-4.2" {...thin} strokeWidth="1.4" />
      </symbol>
      <symbol id="shape-held" viewBox="0 0 16 16">
        <path d="M2.2 2.6h11.6v8H8.2L5 13.6v-3H2.2z" {...thin} strokeWidth="1.4" />
        <path d="M5.4 6.6h5.2" {...thin} strokeWidth="1.5" />
      </symbol>
      <symbol id="shape-unsigned" viewBox="0 0 16 16">
        <Disc />
        <path d="M8 1.7a6.3 6.3 0 0 0 0 12.6z" fill="currentColor" />
      </symbol>
      <symbol id="shape-waived" viewBox="0 0 16 16">
        <Disc />
        <path d="M4.6 9c1.1-2.2 2.3-2.2 3.4-1s2.3 1.2 3.4-1" {...thin} strokeWidth="1.4" />
      </symbol>
      <symbol id="shape-not-applicable" viewBox="0 0 16 16">
        <rect x="1.2" y="4.2" width="13.6" height="7.6" rx="3.8" {...thin} strokeWidth="1.3" />
        <path d="M5 8h6" {...thin} strokeWidth="1.4" />
      </symbol>
      <symbol id="shape-wait" viewBox="0 0 16 16">
        <circle
          cx="8"
          cy="8"
          r="6.3"
          {...thin}
          strokeLinecap="butt"
          strokeWidth="1.3"
          strokeDasharray="2 2"
        />
      </symbol>
      <SmallGlyphs />
    </svg>
  );
}

function SmallGlyphs() {
  return (
    <>
      <symbol id="glyph-given" viewBox="0 0 10 10">
        <path d="M1.6 5.3l2.3 2.3 4.4-5" {...thin} strokeWidth="1.6" />
      </symbol>
      <symbol id="glyph-due" viewBox="0 0 10 10">
        <circle cx="5" cy="5" r="3.2" {...thin} strokeWidth="1.2" />
      </symbol>
      <symbol id="glyph-suspended" viewBox="0 0 10 10">
        <path d="M3.3 2.2v5.6M6.7 2.2v5.6" {...thin} strokeWidth="1.7" />
      </symbol>
      <symbol id="glyph-lapsed" viewBox="0 0 10 10">
        <circle cx="5" cy="5" r="3.4" {...thin} strokeWidth="1.2" />
        <path d="M2.6 7.4l4.8-4.8" {...thin} strokeWidth="1.2" />
      </symbol>
      <symbol id="glyph-needs-work" viewBox="0 0 10 10">
        <path d="M1.4 1.8h7.2v4.8H5L3 8.6v-2H1.4z" {...thin} strokeWidth="1.2" />
      </symbol>
    </>
  );
}
