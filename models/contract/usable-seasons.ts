import type { ForecastShape } from './forecast-model.ts';
import { seasonSteps } from './season-steps.ts';

/**
 * Season lengths of the shape that a series of `steps` steps shows at least twice, shortest first; a longer one must be a
 * multiple of the shorter ones, so that their profiles add up to one table.
 */
export function usableSeasons(
  shape: Pick<ForecastShape, 'stepSeconds' | 'seasons'>,
  steps: number,
): number[] {
  const seen = seasonSteps(shape).filter((length) => 2 * length <= steps);
  return seen.filter((length, k) => seen.slice(0, k).every((shorter) => length % shorter === 0));
}
