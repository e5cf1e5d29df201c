/** Numbers that describe a situation. */
export const SITUATION_SIZE = 3;
/** Days looked back at for what usually happens at this time of day. */
const DAYS = 7;

export interface UsageSeries {
  /** Logarithmic levels, see `scaleOf`; at least `steps` of them. */
  readonly levels: Float64Array;
  readonly steps: number;
  readonly stepsPerDay: number;
  readonly leadSteps: number;
}

/** Past this many instances more is not another situation. */
const MOST = 64;

/**
 * Use in instances on the scale on which situations are compared: octaves, with a quarter of an instance as the least
 * that matters, so that an idle machine's flicker is not a difference.
 */
export function scaleOf(instances: number): number {
  return Math.log2(0.25 + Math.min(instances, MOST));
}

/**
 * Writes the situation at the start of step `at` into `out`: the last use, what the same time of day brought over the
 * lead time on the last seven days (mean of the daily peaks), and the peak of the last hour. Reads nothing at or after
 * `at`.
 */
export function situationAt(series: UsageSeries, at: number, out: Float64Array): void {
  const { levels, stepsPerDay } = series;
  const last = at > 0 ? levels[at - 1]! : scaleOf(0);
  const row = at * SITUATION_SIZE;
  out[row] = last;
  out[row + 1] = usualPeak(series, at) ?? last;
  out[row + 2] = peak(levels, at - Math.max(1, Math.round(stepsPerDay / 24)), at) ?? last;
}

/** Mean over the last days of the peak that began where the lead time begins now; null before there is a day. */
function usualPeak({ levels, stepsPerDay, leadSteps }: UsageSeries, at: number): number | null {
  let [sum, days] = [0, 0];
  for (let day = 1; day <= DAYS; day++) {
    const from = at - day * stepsPerDay;
    if (from < 0) break;
    sum += peak(levels, from, Math.min(at, from + leadSteps + 1))!;
    days++;
  }
  return days === 0 ? null : sum / days;
}

function peak(levels: Float64Array, from: number, to: number): number | null {
  let most = -Infinity;
  for (let k = Math.max(0, from); k < to; k++) most = Math.max(most, levels[k]!);
  return most === -Infinity ? null : most;
}
