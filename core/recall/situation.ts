/** What describes the situations at the starts of steps, a column per number: a search reads one of them above all. */
export interface Situations {
  /** The last use. */
  readonly last: Float64Array;
  /** What the same time of day brought over the lead time on the last seven days: the mean of the daily peaks. */
  readonly usual: Float64Array;
  /** The peak of the last hour. */
  readonly peak: Float64Array;
}

/** Days looked back at for what usually happens at this time of day. */
const DAYS = 7;

export interface UsageSeries {
  /** Logarithmic levels of the steps so far, see `scaleOf`. */
  readonly levels: Float64Array;
  /** Entry s is the peak of steps s … s + leadSteps, from when all of them are known; see `noteLevel`. */
  readonly peaks: Float64Array;
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

/** Notes the level of a step and the peak that is known with it. Steps are noted in order. */
export function noteLevel(
  { levels, peaks, leadSteps }: UsageSeries,
  step: number,
  level: number,
): void {
  levels[step] = level;
  const from = step - leadSteps;
  if (from >= 0) peaks[from] = peakOf(levels, from, step + 1);
}

/** Notes the situation at the start of step `at`. Reads nothing at or after `at`. */
export function noteSituation(series: UsageSeries, at: number, situations: Situations): void {
  const { levels, stepsPerDay } = series;
  const last = at > 0 ? levels[at - 1]! : scaleOf(0);
  const hour = Math.max(1, Math.round(stepsPerDay / 24));
  situations.last[at] = last;
  situations.usual[at] = usualPeak(series, at) ?? last;
  situations.peak[at] = peakBetween(series, at - hour, at) ?? last;
}

/** Mean over the last days of the peak that began where the lead time begins now; null before there is a day. */
function usualPeak(series: UsageSeries, at: number): number | null {
  const { stepsPerDay, leadSteps } = series;
  let [sum, days] = [0, 0];
  for (let day = 1; day <= DAYS; day++) {
    const from = at - day * stepsPerDay;
    if (from < 0) break;
    sum += peakBetween(series, from, Math.min(at, from + leadSteps + 1))!;
    days++;
  }
  return days === 0 ? null : sum / days;
}

/**
 * The largest level of steps from … to − 1, all of them noted, null where there is none. From the peaks of stretches where
 * they fit: three reads for an hour instead of twelve, and a decision describes four thousand situations.
 */
function peakBetween(
  { levels, peaks, leadSteps }: UsageSeries,
  from: number,
  to: number,
): number | null {
  const [first, width] = [Math.max(0, from), leadSteps + 1];
  if (to <= first) return null;
  const lastWhole = to - width;
  if (lastWhole < first) return peakOf(levels, first, to);
  // Stretches may overlap: that changes no maximum.
  let most = peaks[lastWhole]!;
  for (let k = first; k < lastWhole; k += width) if (peaks[k]! > most) most = peaks[k]!;
  return most;
}

function peakOf(levels: Float64Array, from: number, to: number): number {
  let most = -Infinity;
  for (let k = from; k < to; k++) if (levels[k]! > most) most = levels[k]!;
  return most;
}
