import type { ForecastShape } from './forecast-model.ts';
import { seasonSteps } from './season-steps.ts';

/**
 * Season lengths that a series of `steps` steps contains at least twice, shortest first. A longer
 * season must be a multiple of the shorter ones, so that their profiles can be added in one table.
 */
export function usableSeasons(
  shape: Pick<ForecastShape, 'stepSeconds' | 'seasons'>,
  steps: number,
): number[] {
  const repeated = seasonSteps(shape).filter((length) => 2 * length <= steps);
  return repeated.filter((length, k) =>
    repeated.slice(0, k).every((shorter) => length % shorter === 0),
  );
}
