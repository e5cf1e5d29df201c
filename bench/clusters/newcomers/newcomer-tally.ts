import { pinballLoss } from '#models/numeric/pinball-loss.ts';

/** Sums over forecasts of newcomers. */
export interface NewcomerTally {
  /** 2 · pinball, mean over the levels. */
  loss: number;
  /** What a capacity of the critical quantile costs, in idle units (newsvendor). */
  cost: number;
  absolute: number;
  points: number;
  inside80: number;
}

export const emptyTally = (): NewcomerTally => {
  return { loss: 0, cost: 0, absolute: 0, points: 0, inside80: 0 };
};

export interface Costs {
  readonly shortageCost: number;
  readonly idleCost: number;
}

/**
 * @param quantiles row-major [steps × levels].
 * @param actual NaN where nothing was measured.
 */
export function addNewcomer(
  tally: NewcomerTally,
  { quantiles, actual }: { readonly quantiles: ArrayLike<number>; readonly actual: Float64Array },
  { levels, costs }: { readonly levels: readonly number[]; readonly costs: Costs },
): void {
  const { shortageCost, idleCost } = costs;
  const critical = levels.indexOf(shortageCost / (shortageCost + idleCost));
  const [low, high] = [levels.indexOf(0.1), levels.indexOf(0.9)];
  const row = new Float64Array(levels.length);
  for (let step = 0; step < actual.length; step++) {
    const y = actual[step]!;
    if (Number.isNaN(y)) continue;
    for (let k = 0; k < levels.length; k++) row[k] = quantiles[step * levels.length + k]!;
    tally.loss += 2 * pinballLoss(y, row, levels);
    const short = y - row[critical]!;
    tally.cost += short > 0 ? shortageCost * short : -idleCost * short;
    tally.absolute += Math.abs(y);
    tally.points++;
    if (y >= row[low]! && y <= row[high]!) tally.inside80++;
  }
}
