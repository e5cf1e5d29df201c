import type { ForecastShape } from './forecast-model.ts';

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;

/**
 * Season lengths in steps, shortest first: those of the shape, or a day and a week by default. A
 * season is left out if it is not a whole number of steps or has only one step.
 */
export function seasonSteps(shape: Pick<ForecastShape, 'stepSeconds' | 'seasons'>): number[] {
  const lengths = shape.seasons ?? [
    DAY_SECONDS / shape.stepSeconds,
    WEEK_SECONDS / shape.stepSeconds,
  ];
  return lengths
    .filter((length) => Number.isInteger(length) && length > 1)
    .toSorted((a, b) => a - b);
}
