import type { DashboardSpec, PanelSpec } from '#lib/domain/kit-spec.ts';
import { type GridPos, layOut } from './layout.ts';
import { roomOf } from './panel.ts';

/** The panels of a dashboard with their places in its file, in the order in which Grafana goes through them. Pure. */
export function placedPanels({ panels }: DashboardSpec): readonly {
  readonly panel: PanelSpec;
  /** Its id in the file: its place in the spec's order, from 1. */
  readonly id: number;
  readonly grid: GridPos;
}[] {
  const places = layOut(panels.map(roomOf));
  return panels
    .flatMap((panel, at) => {
      const grid = places[at];
      return grid ? [{ panel, id: at + 1, grid }] : [];
    })
    .sort((one, other) => one.grid.y - other.grid.y || one.grid.x - other.grid.x);
}
