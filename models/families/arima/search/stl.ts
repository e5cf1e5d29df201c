import { loess } from './loess.ts';

export interface StlOptions {
  readonly period: number;
  /** Cycles that a seasonal value is smoothed over, odd, at least 7. */
  readonly seasonalWindow: number;
  /**
   * Rounds between season and trend: two settle most of it (section 3.1 of the paper), statsmodels
   * goes five.
   */
  readonly passes: number;
  /** Loess fitted at every n-th point, n a tenth of its window, instead of at every point. */
  readonly fast: boolean;
}

export interface StlParts {
  readonly trend: Float64Array;
  readonly season: Float64Array;
}

/** Points of a loess window between two fits where speed matters, as R's stl() does it. */
const FITS_PER_WINDOW = 10;

const nextOdd = (value: number): number => {
  const whole = Math.ceil(value);
  return whole % 2 === 0 ? whole + 1 : whole;
};

/**
 * Seasonal-trend decomposition by loess without robustness weights: seasonal values of degree 0,
 * trend of degree 1 (Cleveland et al., Journal of Official Statistics 6, 1990, section 3).
 * @param values at least two periods, without gaps.
 * @throws RangeError if there are fewer than two periods.
 */
export function stl(values: Float64Array, options: StlOptions): StlParts {
  const { period, seasonalWindow, passes, fast } = options;
  const n = values.length;
  if (n < 2 * period) throw new RangeError(`${n} values are not two periods of ${period}`);
  const window = nextOdd((1.5 * period) / (1 - 1.5 / seasonalWindow));
  const lowPass = period % 2 === 0 ? period + 1 : period + 2;
  const jumpOf = (width: number): number => (fast ? Math.ceil(width / FITS_PER_WINDOW) : 1);
  const smooth = (from: Float64Array, width: number, out: Float64Array): void =>
    loess(from, { window: width, degree: 1, jump: jumpOf(width), beyond: 0 }, out);
  const trend = new Float64Array(n);
  const season = new Float64Array(n);
  const rest = new Float64Array(n);
  const low = new Float64Array(n);
  const cycles = new Float64Array(n + 2 * period);
  for (let pass = 0; pass < passes; pass++) {
    for (let t = 0; t < n; t++) rest[t] = values[t] - trend[t];
    smoothCycles(rest, options, cycles);
    const averaged = movingAverage(movingAverage(movingAverage(cycles, period), period), 3);
    smooth(averaged, lowPass, low);
    for (let t = 0; t < n; t++) {
      season[t] = cycles[t + period] - low[t];
      rest[t] = values[t] - season[t];
    }
    smooth(rest, window, trend);
  }
  return { trend, season };
}

/** Smooths the values of every phase, and continues them by one cycle at both ends. */
function smoothCycles(values: Float64Array, options: StlOptions, out: Float64Array): void {
  const { period, seasonalWindow: window } = options;
  const most = Math.ceil(values.length / period);
  const cycle = new Float64Array(most);
  const smoothed = new Float64Array(most + 2);
  for (let phase = 0; phase < period; phase++) {
    let count = 0;
    for (let t = phase; t < values.length; t += period) cycle[count++] = values[t];
    const settings = { window, degree: 0, jump: 1, beyond: 1 } as const;
    loess(cycle.subarray(0, count), settings, smoothed);
    for (let k = 0; k < count + 2; k++) out[phase + k * period] = smoothed[k];
  }
}

/** Means of all windows of that length: shorter than the values by length − 1. */
function movingAverage(values: Float64Array, length: number): Float64Array {
  const out = new Float64Array(values.length - length + 1);
  let sum = 0;
  for (let k = 0; k < length; k++) sum += values[k];
  out[0] = sum / length;
  for (let k = 1; k < out.length; k++) {
    sum += values[k + length - 1] - values[k - 1];
    out[k] = sum / length;
  }
  return out;
}
