import { seasonalComponent } from './classical-decomposition.ts';
import { isSeasonal } from './season-test.ts';

/**
 * One series of the competition: what is known, what is to be forecast, and the season that its
 * measures use.
 */
export interface M4Window {
  readonly known: Float64Array;
  readonly actual: Float64Array;
  readonly season: number;
}

/** Symmetric mean absolute percentage error as in the M4 competition. */
export function smape(actual: Float64Array, point: Float64Array): number {
  let sum = 0;
  for (let h = 0; h < actual.length; h++) {
    const size = Math.abs(actual[h]!) + Math.abs(point[h]!);
    if (size > 0) sum += (200 * Math.abs(actual[h]! - point[h]!)) / size;
  }
  return sum / actual.length;
}

/** Mean absolute error in units of that of the seasonal naive forecast within the known part. */
export function mase({ known, actual, season }: M4Window, point: Float64Array): number {
  let scale = 0;
  for (let t = season; t < known.length; t++) scale += Math.abs(known[t]! - known[t - season]!);
  scale /= known.length - season;
  let error = 0;
  for (let h = 0; h < actual.length; h++) error += Math.abs(actual[h]! - point[h]!);
  return error / actual.length / (scale || 1);
}

/**
 * The competition's yardstick: the last seasonally adjusted value times the classical seasonal
 * factors.
 */
export function naive2({ known, actual, season }: M4Window): Float64Array {
  const n = known.length;
  const factors = isSeasonal(known, season)
    ? seasonalComponent(known, season, 'multiplicative')
    : new Float64Array(1).fill(1);
  const last = known[n - 1]! / factors[(n - 1) % factors.length]!;
  return actual.map((_, h) => last * factors[(n + h) % factors.length]!);
}

/** Running totals of one forecaster over the series. */
export interface M4Totals {
  smape: number;
  mase: number;
  /**
   * Σ 2 · pinball over steps and levels, and Σ|y|: the loss is their quotient ÷ number of levels.
   */
  pinball: number;
  size: number;
  inside80: number;
  points: number;
  series: number;
  seconds: number;
}

export const noTotals = (): M4Totals => {
  return { smape: 0, mase: 0, pinball: 0, size: 0, inside80: 0, points: 0, series: 0, seconds: 0 };
};

/**
 * @param quantiles row-major [steps × levels]; levels are symmetric around the median in the
 * middle.
 */
export function addScores(
  totals: M4Totals,
  window: M4Window,
  { quantiles, levels }: { readonly quantiles: Float64Array; readonly levels: readonly number[] },
): void {
  const { actual } = window;
  const columns = levels.length;
  const point = actual.map((_, h) => quantiles[h * columns + (columns >> 1)]!);
  totals.smape += smape(actual, point);
  totals.mase += mase(window, point);
  totals.series++;
  actual.forEach((y, h) => {
    levels.forEach((level, k) => {
      const error = y - quantiles[h * columns + k]!;
      totals.pinball += 2 * Math.max(level * error, (level - 1) * error);
    });
    totals.size += Math.abs(y);
    totals.points++;
    const [low, high] = [quantiles[h * columns]!, quantiles[(h + 1) * columns - 1]!];
    if (y >= low && y <= high) totals.inside80++;
  });
}
