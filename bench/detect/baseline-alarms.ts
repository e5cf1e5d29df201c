/**
 * Row by row: how many standard deviations a value lies from the mean, by what was seen before; 0
 * where too little was, or where nobody would want to hear of it.
 */
export type RowRule = (atSeconds: number, value: number) => number;

const HOUR = 3600;
const WEEK_HOURS = 168;
const DAY_ROWS = 288;
/** Values of an hour of the week before its band is believed: two weeks. */
const LEAST_ROWS = 24;
/** Shares of the value below which nobody would want to hear of it, as in Foreprint's settings. */
const LEAST_DEVIATION = 0.2;

/** CloudWatch-style band: distance from the mean of the same hour of the week. */
export function hourOfWeekBand(): RowRule {
  const bands = Array.from({ length: WEEK_HOURS }, () => runningMoments(1e9));
  return (atSeconds, value) => bands[Math.floor(atSeconds / HOUR) % WEEK_HOURS]!(value, LEAST_ROWS);
}

/** Distance from the mean of the last week. */
export function sigmaRule(): RowRule {
  const moments = runningMoments(7 * DAY_ROWS);
  return (_, value) => moments(value, 2 * DAY_ROWS);
}

function runningMoments(memory: number): (value: number, least: number) => number {
  let [count, mean, variance] = [0, 0, 0];
  return (value, least) => {
    const distance = Math.abs(value - mean);
    const matters = count >= least && distance > LEAST_DEVIATION * Math.abs(mean);
    const deviations = matters ? distance / Math.sqrt(variance) : 0;
    count++;
    const rate = 1 / Math.min(count, memory);
    const difference = value - mean;
    mean += rate * difference;
    variance = (1 - rate) * (variance + rate * difference * difference);
    return deviations;
  };
}

/**
 * Rows at which an incident opens: m of n rows beyond k deviations open it, a quiet hour ends it.
 */
export function openings(
  deviations: Float64Array,
  k: number,
  { m, n, quietSteps }: { readonly m: number; readonly n: number; readonly quietSteps: number },
): readonly number[] {
  const opened: number[] = [];
  const strange: number[] = [];
  let isOpen = false;
  deviations.forEach((size, row) => {
    if (size <= k) {
      if (row - (strange.at(-1) ?? -Infinity) >= quietSteps) isOpen = false;
      return;
    }
    strange.push(row);
    if (isOpen || row - (strange.at(-m) ?? -Infinity) >= n) return;
    opened.push(row);
    isOpen = true;
  });
  return opened;
}
