/** Where a panel stands in Grafana's grid of 24 columns. */
export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** How much room a panel wants: `single` and `several` share rows of numbers, the others stand below them. */
export type Room = 'single' | 'several' | 'half' | 'full';

const columns = 24;
/** Grid units of about 30 pixels. */
const heights = { numbers: 5, graphs: 8 } as const;

/**
 * Places panels: numbers first, at most four parts to a row and rows as even as can be, then graphs two to a row; the
 * last of an odd number takes the whole width. Positions come in the order of `rooms`; there is no gap, no overlap.
 */
export function layOut(rooms: readonly Room[]): readonly GridPos[] {
  const placed = new Map<number, GridPos>();
  let y = 0;
  for (const row of [...numberRows(rooms), ...graphRows(rooms)]) {
    const parts = row.panels.reduce((sum, { parts }) => sum + parts, 0);
    let x = 0;
    for (const panel of row.panels) {
      const w = (columns * panel.parts) / parts;
      placed.set(panel.at, { x, y, w, h: row.h });
      x += w;
    }
    y += row.h;
  }
  return rooms.map((_, at) => placed.get(at) ?? { x: 0, y, w: columns, h: heights.graphs });
}

interface Row {
  readonly h: number;
  readonly panels: readonly { readonly at: number; readonly parts: number }[];
}

function numberRows(rooms: readonly Room[]): Row[] {
  const wanted = rooms.flatMap((room, at) =>
    room === 'single' ? [{ at, parts: 1 }] : room === 'several' ? [{ at, parts: 2 }] : [],
  );
  const all = wanted.reduce((sum, { parts }) => sum + parts, 0);
  const even = Math.max(Math.ceil(all / Math.ceil(all / 4)), 2);
  const rows: { at: number; parts: number }[][] = [];
  let filled = even;
  for (const panel of wanted) {
    if (filled + panel.parts > even) {
      rows.push([]);
      filled = 0;
    }
    rows.at(-1)?.push(panel);
    filled += panel.parts;
  }
  return rows.map((panels) => ({ h: heights.numbers, panels }));
}

function graphRows(rooms: readonly Room[]): Row[] {
  const rows: { at: number; parts: number }[][] = [];
  let open: { at: number; parts: number }[] | null = null;
  for (const [at, room] of rooms.entries()) {
    if (room !== 'half' && room !== 'full') continue;
    const panel = { at, parts: 1 };
    if (room === 'half' && open) {
      open.push(panel);
      open = null;
      continue;
    }
    const row = [panel];
    rows.push(row);
    if (room === 'half') open = row;
  }
  return rows.map((panels) => ({ h: heights.graphs, panels }));
}
