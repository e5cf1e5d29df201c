import type { ExpectedInterval } from '#core/domain/allocation.ts';
import type { Direction } from '#core/domain/incident.ts';

/** Half widths are at least this share of the expected value: a forecast that claims to be exact is not. */
const SMALLEST_RELATIVE_WIDTH = 0.05;
/** Beyond this a larger number says nothing more. */
const LARGEST_SEVERITY = 100;
/** At times of next to no usage deviations are measured against this share of the usual level. */
const QUIET_LEVEL_SHARE = 0.1;

export interface DeviationLimits {
  readonly minimumRelativeDeviation: number;
  /** In half widths of the interval. */
  readonly minimumSeverity: number;
  /** Slow mean of the metric's absolute values, so that a night's trickle is not compared with nothing. */
  readonly usualLevel: number;
  /** In the metric's unit. */
  readonly minimumDeviation?: number;
}

export interface Deviation {
  /** Null inside the interval or too near to it to matter. */
  readonly direction: Direction | null;
  /** Distance outside in half widths of the interval, 0 where there is no direction. */
  readonly severity: number;
}

/**
 * Is a measurement strange? It is when it lies clearly outside the interval and differs from the median by a share that
 * matters.
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
