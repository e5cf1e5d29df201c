import type { RememberedUse } from './similar-use.ts';

/** The days of the last week, and the same weekday of the week before. */
const DAYS_AGO = [1, 2, 3, 4, 5, 6, 7, 14] as const;

/**
 * The largest use within one step of the same time of day on past days, ascending. Neighbouring
 * steps are included because scheduled jobs start a little earlier or later.
 * @param ahead 0 for the step that begins now.
 */
export function dailySamples(
  { values, steps, stepsPerDay }: RememberedUse,
  ahead: number,
): readonly number[] {
  const peaks: number[] = [];
  for (const day of DAYS_AGO) {
    const middle = steps + ahead - day * stepsPerDay;
    if (middle < 1) continue;
    let most = 0;
    for (let k = middle - 1; k <= Math.min(steps - 1, middle + 1); k++) {
      most = Math.max(most, values[k]);
    }
    peaks.push(most);
  }
  return peaks.sort((a, b) => a - b);
}
