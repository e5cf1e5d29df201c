import type { Peak } from '#core/domain/profiles.ts';
import { empiricalQuantile } from '#models/numeric/empirical-quantile.ts';

const DAY_SECONDS = 86_400;
/** With fewer days nothing tells what is usual at a time of day. */
const LEAST_DAYS = 7;
/** A peak is at least so far above the usual use, as a share of it. */
const LEAST_RISE = 0.5;
/** It is also so many times further above than nine of ten steps are from their usual use. */
const LEAST_DEVIATIONS = 3;
/** What is longer is a change of the level. */
const LONGEST_SECONDS = DAY_SECONDS;
/** A shorter dip does not end a peak. */
const DIP_SECONDS = 900;
/** A peak that is brief is out of the ordinary for the time on both sides of it. */
const AROUND_SECONDS = 1.5 * 3600;
/** Parts in which the height of a peak is kept. */
const MOST_PARTS = 8;

/** A regular series in local time, NaN for steps without a measurement. */
export interface SearchedSeries {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: Float64Array;
}

/**
 * Finds stretches of use clearly above the median of the same time of day. Four weeks are a good
 * length: the median of a longer series knows nothing of growth.
 * @returns peaks in the order of time; none with less than a week, and none where the step does not
 * divide a day.
 */
export function findPeaks({ startSeconds, stepSeconds, values }: SearchedSeries): Peak[] {
  const stepsPerDay = DAY_SECONDS / stepSeconds;
  if (!Number.isInteger(stepsPerDay) || values.length < LEAST_DAYS * stepsPerDay) return [];
  const isAbove = aboveUsual(values, stepsPerDay);
  const dip = Math.max(1, Math.floor(DIP_SECONDS / stepSeconds));
  const levels = new Map<number, number>();
  const levelOn = (day: number): number => {
    // Many peaks of a day share its level, and sorting a week takes longer than finding them.
    const level = levels.get(day) ?? levelBefore(values.subarray(0, (day + 1) * stepsPerDay));
    levels.set(day, level);
    return level;
  };
  const levelBefore = (past: Float64Array) => medianOf(past.subarray(-7 * stepsPerDay));
  const peaks: Peak[] = [];
  for (let from = 0; from < values.length; from++) {
    if (!isAbove(from)) continue;
    let last = from;
    for (let k = from + 1; k < values.length && k - last <= dip; k++) if (isAbove(k)) last = k;
    const to = last + 1;
    if ((to - from) * stepSeconds <= LONGEST_SECONDS) {
      peaks.push({
        fromSeconds: startSeconds + from * stepSeconds,
        toSeconds: startSeconds + to * stepSeconds,
        uses: usesOf(values.subarray(from, to)),
        level: levelOn(Math.floor(from / stepsPerDay)),
      });
    }
    from = last;
  }
  return peaks;
}

/** Median of the measured values; 0 without any. */
export function medianOf(values: Float64Array): number {
  const measured = measuredOf(values);
  return measured.length === 0 ? 0 : empiricalQuantile(measured, 0.5);
}

function measuredOf(values: Float64Array): Float64Array {
  const measured = new Float64Array(values.length);
  let count = 0;
  for (let k = 0; k < values.length; k++) {
    if (!Number.isNaN(values[k])) measured[count++] = values[k];
  }
  return measured.subarray(0, count);
}

/**
 * The largest use on each of the last `days` days that stood out of the hours around it, newest
 * first; 0 for a day on which none did. What is high for longer than an hour and a half at the same
 * time of day is no such peak, but one of ten minutes is, however regular.
 * @param values newest last; days are counted from the end.
 */
export function briefPeaks(
  { stepSeconds, values }: Pick<SearchedSeries, 'stepSeconds' | 'values'>,
  days: number,
): number[] {
  const stepsPerDay = DAY_SECONDS / stepSeconds;
  if (!Number.isInteger(stepsPerDay)) return [];
  const whole = Math.min(days, Math.floor(values.length / stepsPerDay));
  const recent = values.subarray(values.length - whole * stepsPerDay);
  const around = Math.floor(AROUND_SECONDS / stepSeconds);
  const isAbove = aboveUsual(recent, stepsPerDay, around);
  return Array.from({ length: whole }, (_, day) => {
    const to = recent.length - day * stepsPerDay;
    let most = 0;
    for (let k = to - stepsPerDay; k < to; k++) if (isAbove(k)) most = Math.max(most, recent[k]);
    return most;
  });
}

/** Use by time of day, each the median of the days and then of `around` steps on both sides. */
function usualByPhase(values: Float64Array, stepsPerDay: number, around: number): Float64Array {
  const usual = new Float64Array(stepsPerDay);
  for (let phase = 0; phase < stepsPerDay; phase++) {
    const same = new Float64Array(Math.ceil((values.length - phase) / stepsPerDay));
    for (let day = 0; day < same.length; day++) same[day] = values[phase + day * stepsPerDay];
    usual[phase] = medianOf(same);
  }
  if (around === 0) return usual;
  const width = Math.min(stepsPerDay, 2 * around + 1);
  return usual.map((_, phase) =>
    medianOf(
      Float64Array.from(
        { length: width },
        (__, k) => usual[(phase + stepsPerDay - around + k) % stepsPerDay],
      ),
    ),
  );
}

function aboveUsual(
  values: Float64Array,
  stepsPerDay: number,
  around = 0,
): (step: number) => boolean {
  const usual = usualByPhase(values, stepsPerDay, around);
  const deviations = measuredOf(values.map((value, k) => Math.abs(value - usual[k % stepsPerDay])));
  if (deviations.length === 0) return () => false;
  const rise = LEAST_DEVIATIONS * empiricalQuantile(deviations, 0.9);
  // A day's rise that comes a step earlier than usual is no peak.
  const limits = usual.map((value, phase) => {
    const before = usual[(phase + stepsPerDay - 1) % stepsPerDay];
    const after = usual[(phase + 1) % stepsPerDay];
    const most = Math.max(value, before, after);
    return most + Math.max(rise, LEAST_RISE * most);
  });
  return (step) => values[step] > limits[step % stepsPerDay];
}

/**
 * The largest of each of at most eight equal parts: one step above what is held is short, however
 * low the mean of the steps around it.
 */
function usesOf(values: Float64Array): number[] {
  const parts = Math.min(MOST_PARTS, values.length);
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * values.length) / parts);
    const to = Math.floor(((part + 1) * values.length) / parts);
    return values
      .subarray(from, to)
      .reduce((most, value) => (Number.isNaN(value) ? most : Math.max(most, value)), 0);
  });
}
