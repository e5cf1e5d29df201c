import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { meanMeasured } from '#core/domain/measured.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Fewer measured hours of the day do not define a shape. */
const MINIMUM_HOURS = 6;

/**
 * Shape of one resource's usage, independent of its level. NaN marks what the window cannot show.
 */
export interface ResourceShape {
  /**
   * Square root of (mean usage in each UTC hour of the day ÷ mean usage); NaN for hours that were
   * never measured.
   */
  readonly rootDay: Float64Array;
  /** Mean weekend day ÷ (mean weekend day + mean weekday); 0.5 if they are equal. */
  readonly weekendShare: number;
  /**
   * (σ − μ) ÷ (σ + μ): −1 for a constant, 0 for a Poisson process, near 1 for rare bursts (Goh &
   * Barabási 2008).
   */
  readonly burstiness: number;
  /** Correlation of usage with usage one day earlier; 0 if usage is constant. */
  readonly dailyCorrelation: number;
}

/**
 * Shapes by resource. Resources are absent if they were not measured, not used, or measured in
 * fewer than six hours of the day.
 */
export type FootprintShape = Readonly<Partial<Record<Resource, ResourceShape>>>;

/** Shape of some resources of a footprint window, with the level divided out. */
export function footprintShape(
  window: FootprintWindow,
  resources: readonly Resource[],
): FootprintShape {
  const shape: Partial<Record<Resource, ResourceShape>> = {};
  for (const resource of resources) {
    const described = resourceShape(window.values[resource], window);
    if (described !== null) shape[resource] = described;
  }
  return shape;
}

function resourceShape(
  values: Float64Array,
  grid: { readonly startSeconds: number; readonly stepSeconds: number },
): ResourceShape | null {
  const mean = meanMeasured(values);
  if (mean === null || mean <= 0) return null;
  const hours = meanBy(values, 24, (step) =>
    Math.floor(mod(grid.startSeconds + step * grid.stepSeconds, DAY) / HOUR),
  );
  if (hours.filter((hour) => !Number.isNaN(hour)).length < MINIMUM_HOURS) return null;
  const [weekday, weekend] = meanBy(values, 2, (step) => {
    const days = Math.floor((grid.startSeconds + step * grid.stepSeconds) / DAY);
    // 1 January 1970 was a Thursday: day 0 of this count is a Monday.
    return mod(days + 3, 7) >= 5 ? 1 : 0;
  });
  const deviation = standardDeviation(values, mean);
  return {
    rootDay: hours.map((hour) => Math.sqrt(hour / mean)),
    weekendShare: weekend / (weekday + weekend),
    burstiness: (deviation - mean) / (deviation + mean),
    dailyCorrelation: lagCorrelation(values, Math.round(DAY / grid.stepSeconds)),
  };
}

const mod = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/** Mean of the measured values of each group, NaN for a group without any. */
function meanBy(
  values: Float64Array,
  groups: number,
  groupOf: (step: number) => number,
): Float64Array {
  const sums = new Float64Array(groups);
  const counts = new Float64Array(groups);
  for (let step = 0; step < values.length; step++) {
    const value = values[step];
    if (Number.isNaN(value)) continue;
    const group = groupOf(step);
    sums[group] += value;
    counts[group] += 1;
  }
  return sums.map((sum, group) => sum / counts[group]);
}

function standardDeviation(values: Float64Array, mean: number): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += (value - mean) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}

/**
 * Pearson correlation of the pairs (value, value `lag` steps later); NaN with fewer than `lag` ÷ 2
 * pairs.
 */
function lagCorrelation(values: Float64Array, lag: number): number {
  let [n, x, y, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let step = lag; step < values.length; step++) {
    const a = values[step - lag];
    const b = values[step];
    if (Number.isNaN(a + b)) continue;
    n++;
    x += a;
    y += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  if (n < lag / 2 || n < 2) return NaN;
  const spread = Math.sqrt(Math.max(0, xx - (x * x) / n) * Math.max(0, yy - (y * y) / n));
  // A spread below the rounding error of the sums means that the series is constant.
  return spread <= 1e-9 * (xx + yy) ? 0 : (xy - (x * y) / n) / spread;
}
