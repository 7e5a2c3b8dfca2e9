import type { CiCell, CiGate } from '#lib/domain/ci-view.ts';

/** One stride in two runs. */
export interface StrideCompared {
  readonly name: string;
  readonly isWhole: boolean;
  readonly cells: readonly [CiCell, CiCell];
  readonly tookMs: readonly [number | null, number | null];
  /** How much longer the first took; null where either was not told. */
  readonly longerMs: number | null;
  /** They ended differently. */
  readonly differs: boolean;
}

/** A run as people choose it: "#113 on 1399ac1". */
export interface RunChoice {
  readonly id: string;
  readonly title: string;
}

type Columns = Pick<CiGate, 'commits' | 'strides'>;

/** The runs of a grid, newest first; a commit that nothing ran on has none. */
export function runChoices({ commits }: Columns): readonly RunChoice[] {
  return commits.flatMap(({ commit, runs }) =>
    runs.flatMap(({ id, number, attempt }) => {
      const again = attempt > 1 ? `, attempt ${attempt}` : '';
      return id === null ? [] : [{ id, title: `${number} on ${commit.slice(0, 7)}${again}` }];
    }),
  );
}

/** Two runs of one grid beside each other: what ended differently first; null where either is not in it. Pure. */
export function compareRuns(
  { commits, strides }: Columns,
  one: string,
  other: string,
): readonly StrideCompared[] | null {
  const ids = commits.flatMap(({ runs }) => runs.map(({ id }) => id));
  const [first, second] = [ids.indexOf(one), ids.indexOf(other)];
  if (first < 0 || second < 0) return null;
  const rows = strides.map(({ name, isWhole, cells, tookMs }): StrideCompared => {
    const [a = 'not-run', b = 'not-run'] = [cells[first], cells[second]];
    const [tookA, tookB] = [tookMs[first] ?? null, tookMs[second] ?? null];
    return {
      name,
      isWhole,
      cells: [a, b],
      tookMs: [tookA, tookB],
      longerMs: tookA === null || tookB === null ? null : tookA - tookB,
      differs: a !== b,
    };
  });
  return rows.toSorted((a, b) => Number(b.differs) - Number(a.differs));
}
