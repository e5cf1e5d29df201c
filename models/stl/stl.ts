import { loess } from './loess.ts';

export interface Decomposition {
  readonly trend: Float64Array;
  readonly seasonal: Float64Array;
  readonly remainder: Float64Array;
}

export interface StlOptions {
  /** Steps of one season, at least 2. */
  readonly season: number;
  /** Seasons in the neighbourhood of the seasonal smoother, odd. */
  readonly seasonalWindow: number;
}

const INNER_LOOPS = 2;

/**
 * Seasonal-trend decomposition by loess (Cleveland et al. 1990, section 3), not robust: locally constant seasonal pattern, locally linear
 * trend, the windows of trend and low-pass filter as the paper recommends (sections 3.4 and 3.5). The remainder is what is left.
 * @param values gapless, at least two seasons; throws RangeError if shorter.
 */
export function stl(values: Float64Array, { season, seasonalWindow }: StlOptions): Decomposition {
  const n = values.length;
  if (n < 2 * season) throw new RangeError(`${n} values are less than two seasons of ${season}`);
  const lowPassWindow = season + (season % 2 === 0 ? 1 : 0);
  const wanted = Math.ceil((1.5 * season) / (1 - 1.5 / seasonalWindow));
  const trendWindow = wanted + (wanted % 2 === 0 ? 1 : 0);
  let trend: Float64Array = new Float64Array(n);
  let seasonal: Float64Array = new Float64Array(n);
  for (let loop = 0; loop < INNER_LOOPS; loop++) {
    const cycles = smoothCycles(subtract(values, trend), season, seasonalWindow);
    const passed = movingAverage(movingAverage(movingAverage(cycles, season), season), 3);
    const lowPass = loess(passed, { window: lowPassWindow, degree: 1 });
    seasonal = lowPass.map((low, k) => cycles[season + k]! - low);
    trend = loess(subtract(values, seasonal), { window: trendWindow, degree: 1 });
  }
  const remainder = subtract(subtract(values, seasonal), trend);
  return { trend, seasonal, remainder };
}

/** Each phase of the season smoothed by itself and extended by one season at both ends. */
function smoothCycles(values: Float64Array, season: number, window: number): Float64Array {
  const cycles = new Float64Array(values.length + 2 * season);
  for (let phase = 0; phase < season; phase++) {
    const count = Math.ceil((values.length - phase) / season);
    const phases = Float64Array.from({ length: count }, (_, k) => values[phase + k * season]!);
    const smoothed = loess(phases, { window, degree: 0 }, [-1, count]);
    smoothed.forEach((value, k) => (cycles[phase + k * season] = value));
  }
  return cycles;
}

function movingAverage(values: Float64Array, window: number): Float64Array {
  const result = new Float64Array(values.length - window + 1);
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    sum += values[k]! - (k >= window ? values[k - window]! : 0);
    if (k >= window - 1) result[k - window + 1] = sum / window;
  }
  return result;
}

const subtract = (a: Float64Array, b: Float64Array): Float64Array =>
  Float64Array.from(a, (value, k) => value - b[k]!);
