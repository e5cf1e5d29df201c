export interface LoessOptions {
  /**
   * Number of neighbours, odd; may exceed the number of values: then the weights become flatter.
   */
  readonly window: number;
  /** 0 fits a level, 1 a line, at every point. */
  readonly degree: 0 | 1;
  /** Fitted at every jump-th point, straight lines between. */
  readonly jump: number;
  /** Points wanted before the first and after the last value, 0 or 1. */
  readonly beyond: 0 | 1;
}

/**
 * Weights below this share of the window count as 1, above 1 minus it as 0 (as in Cleveland's
 * code).
 */
const EDGE = 0.001;

/**
 * Locally weighted regression with tricube weights on equally spaced values (Cleveland, Cleveland,
 * McRae, Terpenning, Journal of Official Statistics 6, 1990, section 2).
 * @param out values.length + 2 · beyond smoothed values.
 */
export function loess(values: Float64Array, options: LoessOptions, out: Float64Array): void {
  const { beyond, jump, window } = options;
  const n = values.length;
  const last = n - 1 + beyond;
  const half = window >> 1;
  const kernel = window <= n ? centredKernel(window) : null;
  let before = -beyond;
  fitAt(values, options, { x: before, out, at: 0 });
  for (let x = before + jump; before < last; x += jump) {
    const here = Math.min(x, last);
    if (kernel !== null && here >= half && here + half < n) {
      let sum = 0;
      for (let k = 0; k < window; k++) sum += kernel[k] * values[here - half + k];
      out[here + beyond] = sum;
    } else {
      fitAt(values, options, { x: here, out, at: here + beyond });
    }
    const from = out[before + beyond];
    const slope = (out[here + beyond] - from) / (here - before);
    for (let k = before + 1; k < here; k++) out[k + beyond] = from + slope * (k - before);
    before = here;
  }
}

/**
 * Weights of a window around its middle, sum 1. There a line passes through the weighted mean, so
 * that levels and lines agree.
 */
function centredKernel(window: number): Float64Array {
  const half = window >> 1;
  const kernel = Float64Array.from({ length: window }, (_, k) => tricube(Math.abs(k - half), half));
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  return kernel.map((weight) => weight / total);
}

function tricube(distance: number, reach: number): number {
  if (distance > (1 - EDGE) * reach) return 0;
  if (distance <= EDGE * reach) return 1;
  const ratio = distance / reach;
  const core = 1 - ratio * ratio * ratio;
  return core * core * core;
}

interface FitPoint {
  readonly x: number;
  readonly out: Float64Array;
  readonly at: number;
}

function fitAt(values: Float64Array, options: LoessOptions, { x, out, at }: FitPoint): void {
  const { window, degree } = options;
  const n = values.length;
  const size = Math.min(window, n);
  const first = Math.min(Math.max(0, x - (size >> 1)), n - size);
  const reach = Math.max(x - first, first + size - 1 - x) + (window > n ? (window - n) >> 1 : 0);
  let [total, moment, square, sum, cross] = [0, 0, 0, 0, 0];
  for (let k = first; k < first + size; k++) {
    const weight = tricube(Math.abs(k - x), reach);
    total += weight;
    moment += weight * k;
    square += weight * k * k;
    sum += weight * values[k];
    cross += weight * k * values[k];
  }
  if (total === 0) {
    out[at] = values[Math.min(n - 1, Math.max(0, x))];
    return;
  }
  const centre = moment / total;
  const spread = square / total - centre * centre;
  const level = sum / total;
  // Where all weight lies on one spot there is no line.
  const flat = degree === 0 || Math.sqrt(Math.max(0, spread)) <= EDGE * (n - 1);
  out[at] = flat ? level : level + ((cross / total - centre * level) / spread) * (x - centre);
}
