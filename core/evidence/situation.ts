/** Days looked back at for what usually happens at this time of day. */
const DAYS = 7;

/**
 * What situations at the starts of steps are told by, a column per number: a search reads one of them above all. Plain arrays, as
 * a decision makes them anew: so many bytes outside of the heap would have the collector go through all of it after a
 * dozen decisions.
 */
export interface UsageSeries {
  /** Logarithmic levels of the steps so far, see `scaleOf`: the level before a step is the last use of its situation. */
  readonly levels: number[];
  /** Entry s is the peak of steps s … s + warmUpHorizon, from when all of them are known; see `noteLevel`. */
  readonly peaks: number[];
  /**
   * What the same time of day external over the lead time on the last seven days: the mean of the daily peaks. NaN before
   * the situation is described.
   */
  readonly usual: number[];
  /** The peak of the last hour, likewise. */
  readonly recentPeak: number[];
  readonly stepsPerDay: number;
  readonly warmUpHorizon: number;
}

/** An empty series of at most so many steps. */
export function createUsageSeries(
  capacity: number,
  shape: Pick<UsageSeries, 'stepsPerDay' | 'warmUpHorizon'>,
): UsageSeries {
  const levels = numbers(capacity + 1);
  // A copy takes a third of the time: a decision makes a dozen of these.
  const [peaks, usual, recentPeak] = [levels.slice(), levels.slice(), levels.slice()];
  return { levels, peaks, usual, recentPeak, ...shape };
}

/** So many NaN in an array of doubles. */
export function numbers(count: number): number[] {
  return new Array<number>(count).fill(NaN);
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
  { levels, peaks, warmUpHorizon }: UsageSeries,
  step: number,
  level: number,
): void {
  levels[step] = level;
  const from = step - warmUpHorizon;
  if (from >= 0) peaks[from] = peakOf(levels, from, step + 1);
}

/**
 * Describes the situation at the start of step `at` from 1 on, unless it is described. Reads nothing at or after `at`, so it
 * does not matter when it is asked for.
 */
export function describeSituation(series: UsageSeries, at: number): void {
  const { levels, peaks, usual, stepsPerDay, warmUpHorizon } = series;
  // What is described is finite. Number.isNaN would make an object of every number that it is asked about.
  if (usual[at]! > -Infinity) return;
  let sum = 0;
  let days = 0;
  for (let from = at - stepsPerDay; from >= 0 && days < DAYS; from -= stepsPerDay, days++) {
    // A lead time is hardly ever longer than a day.
    sum += from + warmUpHorizon < at ? peaks[from]! : peakOf(levels, from, at);
  }
  // Before there is a day the last use stands for the usual one.
  usual[at] = days === 0 ? levels[at - 1]! : sum / days;
  describeRecentPeak(series, at);
}

/**
 * From the peaks of stretches where they fit: three reads for an hour instead of twelve, and a decision describes some two thousand
 * situations.
 */
function describeRecentPeak(series: UsageSeries, at: number): void {
  const { levels, peaks, recentPeak, stepsPerDay, warmUpHorizon } = series;
  const from = Math.max(0, at - Math.max(1, Math.round(stepsPerDay / 24)));
  const width = warmUpHorizon + 1;
  const lastWhole = at - width;
  if (lastWhole < from) {
    recentPeak[at] = peakOf(levels, from, at);
    return;
  }
  // Stretches may overlap: that changes no maximum.
  let most = peaks[lastWhole]!;
  for (let k = from; k < lastWhole; k += width) if (peaks[k]! > most) most = peaks[k]!;
  recentPeak[at] = most;
}

/** The largest level of steps from … to − 1. */
function peakOf(levels: readonly number[], from: number, to: number): number {
  let most = levels[from]!;
  for (let k = from + 1; k < to; k++) if (levels[k]! > most) most = levels[k]!;
  return most;
}
