/** Number of past days that define the usual use at a time of day. */
const DAYS = 7;

/**
 * The numbers that describe the situation at the start of each step, one array per number. Plain
 * arrays are used because a decision creates them anew: memory outside the heap, as of typed
 * arrays, makes the garbage collector run a full collection after a few decisions.
 */
export interface UsageSeries {
  /**
   * Logarithmic level of each step (see `scaleOf`). The level before a step is the last use of its
   * situation.
   */
  readonly levels: number[];
  /**
   * Entry s is the peak of steps s … s + warmUpHorizon. It is set once all of them were added (see
   * `noteLevel`).
   */
  readonly peaks: number[];
  /**
   * Usual use over the warm-up horizon at the same time of day: the mean of the daily peaks of the
   * last seven days. Only of described situations, at the place that `describeSituation` returns.
   */
  usual: number[];
  /** Peak of the last hour, at the same place. */
  recentPeak: number[];
  /** Whether described situations are kept, see `keepSituations`. */
  areKept: boolean;
  /** Kept situations are described up to this one, as far back as they are compared. */
  describedTo: number;
  readonly stepsPerDay: number;
  readonly warmUpHorizon: number;
}

/**
 * An empty series of at most `capacity` steps. It has room for one described situation, because a
 * decision looks at each situation once.
 */
export function createUsageSeries(
  capacity: number,
  { stepsPerDay, warmUpHorizon }: Pick<UsageSeries, 'stepsPerDay' | 'warmUpHorizon'>,
): UsageSeries {
  const levels = numbers(capacity + 1);
  // Copying an array is faster than filling it, and a decision creates several.
  const peaks = levels.slice();
  const [usual, recentPeak] = [numbers(1), numbers(1)];
  return {
    levels,
    peaks,
    usual,
    recentPeak,
    areKept: false,
    describedTo: 0,
    stepsPerDay,
    warmUpHorizon,
  };
}

/** Keeps every situation that is described from now on, for series that are searched often. */
export function keepSituations(series: UsageSeries): void {
  if (series.areKept) return;
  series.usual = numbers(series.levels.length);
  series.recentPeak = series.usual.slice();
  series.areKept = true;
}

/** An array of `count` NaN, stored as doubles. */
export function numbers(count: number): number[] {
  return new Array<number>(count).fill(NaN);
}

/** Larger uses are treated as equal. */
const MOST = 64;

/**
 * Use in instances on the scale on which situations are compared: octaves. A quarter of an instance
 * is added, so that small changes of an idle machine make no difference.
 */
export function scaleOf(instances: number): number {
  return Math.log2(0.25 + Math.min(instances, MOST));
}

/**
 * Adds the level of a step, and the peak that is complete with it. Steps must be added in order.
 */
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
 * Describes the situation at the start of step `at` ≥ 1, unless its description was kept. The
 * description reads nothing at or after `at`, so it does not depend on when it is made.
 * @returns the index of the situation in `usual` and `recentPeak`; where situations are not kept,
 * the next one takes its place.
 */
export function describeSituation(series: UsageSeries, at: number): number {
  const { levels, peaks, usual, areKept, stepsPerDay, warmUpHorizon } = series;
  const place = areKept ? at : 0;
  // A described value is finite. The comparison is used because Number.isNaN would box every
  // number.
  if (areKept && usual[at] > -Infinity) return place;
  let sum = 0;
  let days = 0;
  for (let from = at - stepsPerDay; from >= 0 && days < DAYS; from -= stepsPerDay, days++) {
    // The second case is needed only if the warm-up horizon is longer than a day.
    sum += from + warmUpHorizon < at ? peaks[from] : peakOf(levels, from, at);
  }
  // On the first day the last use replaces the usual one.
  usual[place] = days === 0 ? levels[at - 1] : sum / days;
  describeRecentPeak(series, at, place);
  return place;
}

/** Describes all situations from … to that are kept and were not described yet. */
export function describeKept(series: UsageSeries, from: number, to: number): void {
  for (let at = Math.max(from, series.describedTo + 1); at <= to; at++) {
    describeSituation(series, at);
  }
  series.describedTo = Math.max(series.describedTo, to);
}

/**
 * Sets the peak of the last hour from the peaks of stretches, where they fit. This reads a few
 * entries instead of every step, and a decision describes many situations.
 */
function describeRecentPeak(series: UsageSeries, at: number, place: number): void {
  const { levels, peaks, recentPeak, stepsPerDay, warmUpHorizon } = series;
  const from = Math.max(0, at - Math.max(1, Math.round(stepsPerDay / 24)));
  const width = warmUpHorizon + 1;
  const lastWhole = at - width;
  if (lastWhole < from) {
    recentPeak[place] = peakOf(levels, from, at);
    return;
  }
  // The stretches may overlap, which does not change a maximum.
  let most = peaks[lastWhole];
  for (let k = from; k < lastWhole; k += width) if (peaks[k] > most) most = peaks[k];
  recentPeak[place] = most;
}

/** The largest level of the steps from … to − 1. */
function peakOf(levels: readonly number[], from: number, to: number): number {
  let most = levels[from];
  for (let k = from + 1; k < to; k++) if (levels[k] > most) most = levels[k];
  return most;
}
