import { dayOfWeek } from './load-shape.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

export interface SampleGrid {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly steps: number;
}

/** Times of the events that the sample fleet shows, in Unix seconds. */
export interface SampleCalendar {
  /**
   * Midnight UTC of a public holiday between Monday and Friday; null if the span has no such day
   * after its middle.
   */
  readonly holidaySeconds: number | null;
  readonly deploySeconds: number;
  readonly spike: { readonly fromSeconds: number; readonly toSeconds: number };
  readonly leak: { readonly fromSeconds: number; readonly toSeconds: number };
  readonly drift: { readonly fromSeconds: number; readonly toSeconds: number };
  /** First measurement of the application without a history. */
  readonly newcomerSeconds: number;
  /** A long gap in one application's measurements. */
  readonly outage: { readonly fromSeconds: number; readonly toSeconds: number };
}

/** Places the events at fixed shares of the span, so that a shorter fleet shows them too. */
export function sampleCalendar(grid: SampleGrid): SampleCalendar {
  const span = grid.steps * grid.stepSeconds;
  const onStep = (seconds: number): number =>
    grid.startSeconds +
    Math.round((seconds - grid.startSeconds) / grid.stepSeconds) * grid.stepSeconds;
  const at = (share: number, hour: number): number => {
    const midnight = Math.floor((grid.startSeconds + share * span) / DAY) * DAY;
    return onStep(Math.max(grid.startSeconds, midnight + hour * HOUR));
  };
  const spikeSeconds = at(0.7, 17);
  const outageSeconds = at(0.45, 2);
  return {
    holidaySeconds: holiday(grid.startSeconds + 0.6 * span, grid.startSeconds + span),
    deploySeconds: at(0.5, 9),
    spike: { fromSeconds: spikeSeconds, toSeconds: spikeSeconds + 2 * HOUR },
    leak: { fromSeconds: at(0.55, 6), toSeconds: at(0.85, 6) },
    drift: { fromSeconds: at(0.4, 0), toSeconds: at(0.6, 0) },
    newcomerSeconds: onStep(grid.startSeconds + span - 26 * HOUR),
    outage: { fromSeconds: outageSeconds, toSeconds: outageSeconds + 9 * HOUR },
  };
}

/**
 * The first Thursday whose whole day is within the span. A holiday on a Thursday differs clearly
 * from a weekend.
 */
function holiday(fromSeconds: number, toSeconds: number): number | null {
  const thursday = 3;
  let midnight = Math.ceil(fromSeconds / DAY) * DAY;
  while (dayOfWeek(midnight) !== thursday) midnight += DAY;
  return midnight + DAY <= toSeconds ? midnight : null;
}
