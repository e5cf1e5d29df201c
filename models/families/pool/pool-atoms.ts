import type { ForecastShape } from '#models/contract/forecast-model.ts';

/** Ranks of the sorted last `points` values of a history that become atoms. */
export interface AtomGroup {
  readonly points: number;
  readonly ranks: readonly number[];
}

const HOUR = 3600;

/**
 * Order statistics of the whole context, of the last day and of the last four hours, and all values
 * of the last half hour.
 */
const GROUPS: readonly { readonly seconds: number; readonly atoms: number }[] = [
  { seconds: Infinity, atoms: 40 },
  { seconds: 24 * HOUR, atoms: 16 },
  { seconds: 4 * HOUR, atoms: 12 },
  { seconds: HOUR / 2, atoms: 6 },
];

/**
 * The atoms: values that the pool's quantiles are taken from. A pool over all points of a context
 * would need thousands of comparisons per step. Order statistics of nested windows are dense where
 * the weight is.
 */
export function atomGroups({ context, stepSeconds }: ForecastShape): readonly AtomGroup[] {
  return GROUPS.map(({ seconds, atoms }) => {
    const points = Math.max(1, Math.min(context, Math.round(seconds / stepSeconds)));
    const ranks = Array.from({ length: atoms }, (_, k) =>
      Math.round((k * (points - 1)) / (atoms - 1)),
    );
    return { points, ranks };
  });
}

export function atomCount(groups: readonly AtomGroup[]): number {
  return groups.reduce((count, { ranks }) => count + ranks.length, 0);
}

/** Writes the sorted atoms of the history that ends before values[end] into `atoms`. */
export type FindAtoms = (atoms: Float64Array, values: Float64Array, end: number) => void;

/** The search has arrays of its own to sort in: decisions should leave little garbage. */
export function createFindAtoms(groups: readonly AtomGroup[]): FindAtoms {
  const sorted = groups.map(({ points }) => new Float64Array(points));
  return (atoms, values, end) => {
    let at = 0;
    groups.forEach(({ points, ranks }, group) => {
      const own = sorted[group];
      own.set(values.subarray(end - points, end));
      own.sort();
      for (const rank of ranks) atoms[at++] = own[rank];
    });
    atoms.sort();
  };
}

/**
 * Index of the first atom that is not below the value. It exists, because the largest value of the
 * context is an atom.
 */
export function atomOf(atoms: Float64Array, value: number): number {
  let low = 0;
  let high = atoms.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (atoms[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
