import { stl } from './stl.ts';

export interface MstlParts {
  readonly trend: Float64Array;
  /** One per period, in their order. */
  readonly seasons: readonly Float64Array[];
}

export interface MstlOptions {
  /** Season lengths in steps, shortest first; each must be seen twice. */
  readonly periods: readonly number[];
  /** Two passes of STL with loess at some points only, instead of five at every point as statsmodels does. */
  readonly fast: boolean;
}

const PASSES = 5;
const FAST_PASSES = 2;

/** Cycles that a season is smoothed over: 11 for the shortest, 4 more for each longer one. */
const FIRST_WINDOW = 11;
const WINDOW_STEP = 4;

/** Rounds over all seasons; with one season there is nothing to share between them. */
const ROUNDS = 2;

/**
 * Decomposition with several seasons: each in turn is taken out of what the others leave (Bandara, Hyndman, Bergmeir,
 * MSTL, International Journal of Operational Research 52, 2025, section 3).
 * @throws RangeError without periods, or if one is not seen twice.
 */
export function mstl(values: Float64Array, { periods, fast }: MstlOptions): MstlParts {
  if (periods.length === 0) throw new RangeError('no period to decompose by');
  const seasons = periods.map(() => new Float64Array(values.length));
  const rest = values.slice();
  let trend: Float64Array = rest;
  for (let round = 0; round < (periods.length === 1 ? 1 : ROUNDS); round++) {
    periods.forEach((period, k) => {
      const season = seasons[k]!;
      for (let t = 0; t < rest.length; t++) rest[t]! += season[t]!;
      const parts = stl(rest, {
        period,
        seasonalWindow: FIRST_WINDOW + WINDOW_STEP * k,
        passes: fast ? FAST_PASSES : PASSES,
        fast,
      });
      season.set(parts.season);
      for (let t = 0; t < rest.length; t++) rest[t]! -= season[t]!;
      trend = parts.trend;
    });
  }
  return { trend, seasons };
}
