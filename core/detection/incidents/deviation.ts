import type { ExpectedInterval } from '#core/domain/allocation.ts';
import type { Direction } from '#core/domain/incident.ts';

/**
 * Smallest half width of an interval, as a share of the expected value. It keeps an overconfident
 * forecast from making every value strange.
 */
const SMALLEST_RELATIVE_WIDTH = 0.05;
/** Larger severities are cut off. */
const LARGEST_SEVERITY = 100;
/**
 * Smallest level that relative deviations are measured against, as a share of the usual level. It
 * matters at times of almost no usage.
 */
const QUIET_LEVEL_SHARE = 0.1;

export interface DeviationLimits {
  readonly minimumRelativeDeviation: number;
  /** In half widths of the interval. */
  readonly minimumSeverity: number;
  /** Slow mean of the metric's absolute values; see QUIET_LEVEL_SHARE. */
  readonly usualLevel: number;
  /** In the unit of the metric. */
  readonly minimumDeviation?: number;
}

export interface Deviation {
  /** Null inside the interval, or if the deviation is too small to matter. */
  readonly direction: Direction | null;
  /** Distance outside in half widths of the interval; 0 if `direction` is null. */
  readonly severity: number;
}

/**
 * Deviation of a measurement from its interval. It has a direction if the value is clearly outside
 * the interval and differs from the median by a share that matters.
 */
export function deviation(
  actual: number,
  expected: ExpectedInterval,
  limits: DeviationLimits,
): Deviation {
  const { lower, median, upper } = expected;
  const direction = actual > upper ? 'above' : actual < lower ? 'below' : null;
  if (direction === null) return { direction, severity: 0 };
  const reference = Math.max(Math.abs(median), QUIET_LEVEL_SHARE * limits.usualLevel);
  const least = Math.max(limits.minimumDeviation ?? 0, limits.minimumRelativeDeviation * reference);
  const matters = Math.abs(actual - median) >= least;
  if (!matters) return { direction: null, severity: 0 };
  const outside = direction === 'above' ? actual - upper : lower - actual;
  const scale = Math.max((upper - lower) / 2, SMALLEST_RELATIVE_WIDTH * reference);
  const severity = Math.min(LARGEST_SEVERITY, outside / scale);
  return severity < limits.minimumSeverity
    ? { direction: null, severity: 0 }
    : { direction, severity };
}
