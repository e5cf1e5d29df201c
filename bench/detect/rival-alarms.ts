/** Row by row: does the rule call this value strange, by what it has seen before? */
export type RowRule = (atSeconds: number, value: number) => boolean;

const HOUR = 3600;
const WEEK_HOURS = 168;
const DAY_ROWS = 288;
/** Values of an hour of the week before its band is believed: two weeks. */
const LEAST_ROWS = 24;
/** Shares of the value below which nobody would want to hear of it, as in Foreprint's settings. */
const LEAST_DEVIATION = 0.2;

/** CloudWatch-style band: mean ± k standard deviations of the same hour of the week. */
export function hourOfWeekBand(k: number): RowRule {
  const bands = Array.from({ length: WEEK_HOURS }, () => runningMoments(1e9));
  return (atSeconds, value) =>
    bands[Math.floor(atSeconds / HOUR) % WEEK_HOURS]!(value, k, LEAST_ROWS);
}

/** Further than k standard deviations of the last week from its mean. */
export function sigmaRule(k: number): RowRule {
  const moments = runningMoments(7 * DAY_ROWS);
  return (_, value) => moments(value, k, 2 * DAY_ROWS);
}

function runningMoments(memory: number): (value: number, k: number, least: number) => boolean {
  let [count, mean, variance] = [0, 0, 0];
  return (value, k, least) => {
    const distance = Math.abs(value - mean);
    const isStrange =
      count >= least &&
      distance > k * Math.sqrt(variance) &&
      distance > LEAST_DEVIATION * Math.abs(mean);
    count++;
    const rate = 1 / Math.min(count, memory);
    const difference = value - mean;
    mean += rate * difference;
    variance = (1 - rate) * (variance + rate * difference * difference);
    return isStrange;
  };
}

/** Rows at which an incident opens: m of n strange rows open it, a quiet hour ends it. */
export function openings(
  strange: readonly boolean[],
  { m, n, quietSteps }: { readonly m: number; readonly n: number; readonly quietSteps: number },
): readonly number[] {
  const opened: number[] = [];
  let [isOpen, quiet] = [false, 0];
  strange.forEach((isStrange, row) => {
    quiet = isStrange ? 0 : quiet + 1;
    if (isOpen) {
      isOpen = quiet < quietSteps;
      return;
    }
    if (!isStrange) return;
    const recent = strange.slice(Math.max(0, row - n + 1), row + 1).filter(Boolean).length;
    if (recent < m) return;
    opened.push(row);
    isOpen = true;
  });
  return opened;
}
