/** Fewer zeros in a row may be a quiet moment. */
const FEWEST_ZEROS = 3;
/** A history this many times as long would show again what belongs to the series. */
const HISTORY_PER_ZEROS = 10;

/**
 * The values with NaN instead of a single outage that is over: the only zeros of the history, in
 * one run, with measured values before and after it. An outage says nothing of what is demanded
 * later. Zeros that come again, at night or between jobs, are part of a series and stay.
 * @param values oldest first, NaN for gaps.
 * @param shortest history in which a day and a week would have come twice, in steps.
 */
export function maskOutage(values: Float64Array, shortest: number): Float64Array {
  const first = values.indexOf(0);
  const last = values.lastIndexOf(0);
  const length = last - first + 1;
  const isOver = first > 0 && last < values.length - 1;
  if (!isOver || length < FEWEST_ZEROS) return values;
  if (values.length < Math.max(shortest, HISTORY_PER_ZEROS * length)) return values;
  const isOneRun = values.subarray(first, last + 1).every((value) => value === 0);
  if (!isOneRun || values.some((value) => value < 0)) return values;
  return values.slice().fill(NaN, first, last + 1);
}
