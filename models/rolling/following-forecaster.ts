import type { ForecastModel, RollingForecast } from '#models/contract/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { followModel } from './follow-model.ts';
import { modelForecaster } from './model-forecaster.ts';

/** A series that is mostly known beforehand, in the precision that forecasters read. */
export interface FollowedSeries {
  /** Without gaps; what a history shows otherwise is corrected. */
  readonly series: RegularSeries;
  readonly singles: Float32Array;
  /** How often values were corrected: what was worked out of them before is void. */
  corrections: number;
}

export function followedSeries(series: RegularSeries): FollowedSeries {
  const filled = fillByDay(series.values, series.stepSeconds);
  const singles = new Float32Array(filled);
  return { series: { ...series, values: new Float64Array(singles) }, singles, corrections: 0 };
}

/**
 * A model that is asked step after step along one series, as a replay does: the same forecasts as
 * `modelForecaster`, at a fraction of their cost. The series only saves work: a forecast uses
 * nothing of it at or after its origin. Where the history that is handed in differs from what the
 * series has before the origin (as while a gap lasts, or where use ended at the capacity), the
 * history counts: it is asked itself, and the series is corrected by it, so that the next forecasts
 * can follow again.
 */
export function followingForecaster(
  model: ForecastModel,
  followed: FollowedSeries,
): Pick<Forecaster, 'forecast'> {
  const plain = modelForecaster(model);
  const { context, levels } = model.shape;
  const { startSeconds, stepSeconds } = followed.series;
  let course: Course | null = null;
  return {
    forecast: async (history, originsSeconds, wanted) => {
      const end = (originsSeconds[0] - startSeconds) / stepSeconds;
      const isOne = originsSeconds.length === 1 && history.length === context;
      if (!wanted || !isOne || !isWithin(followed, { history, end })) {
        return plain.forecast(history, originsSeconds, wanted);
      }
      const others = differingPart(followed, { history, end });
      if (others.length > 0) {
        correct(followed, others, end - context);
        return plain.forecast(history, originsSeconds, wanted);
      }
      if (course === null || !goesOn(course, { wanted, end, followed })) {
        const first = end - context;
        const stretch = stretchFrom(followed.series, first, end);
        const follow = followModel(model, stretch, wanted);
        const found = new Float64Array(wanted.length * levels.length);
        const { corrections } = followed;
        const last = first + stretch.values.length;
        course = { wanted, first, end, last, follow, found, corrections };
      }
      course.end = end;
      course.follow(end - course.first, course.found);
      const quantiles = new Float32Array(wanted.at(-1)! * levels.length).fill(NaN);
      for (let row = 0; row < wanted.length; row++) {
        const from = (wanted[row] - 1) * levels.length;
        for (let level = 0; level < levels.length; level++) {
          quantiles[from + level] = course.found[row * levels.length + level];
        }
      }
      return quantiles;
    },
  };
}

const DAY_SECONDS = 86_400;

/**
 * The values from the first one on until a day after an origin: by then another model was trained
 * or a value corrected, so that more of the series would be prepared in vain.
 */
function stretchFrom(
  { startSeconds, stepSeconds, values }: RegularSeries,
  first: number,
  end: number,
): RegularSeries {
  const until = end + Math.ceil(DAY_SECONDS / stepSeconds);
  return {
    startSeconds: startSeconds + first * stepSeconds,
    stepSeconds,
    values: values.subarray(first, until),
  };
}

/** Origins of a rolling forecast only grow, and its values stay as they are. */
interface Course {
  readonly wanted: readonly number[];
  /** Index in the series of its first value, and of its last origin. */
  readonly first: number;
  readonly last: number;
  readonly follow: RollingForecast;
  /** What it found last. */
  readonly found: Float64Array;
  readonly corrections: number;
  end: number;
}

function goesOn(
  course: Course,
  { wanted, end, followed }: Pick<Course, 'wanted' | 'end'> & { readonly followed: FollowedSeries },
): boolean {
  if (end < course.end || end > course.last) return false;
  if (course.corrections !== followed.corrections) return false;
  const before = course.wanted;
  return (
    before === wanted ||
    (before.length === wanted.length && before.every((step, k) => step === wanted[k]))
  );
}

interface HistoryBefore {
  readonly history: Float32Array;
  /** Index in the series of the step after the history. */
  readonly end: number;
}

function isWithin({ singles }: FollowedSeries, { history, end }: HistoryBefore): boolean {
  return Number.isInteger(end) && end >= history.length && end <= singles.length;
}

/** The history up to the last value that is, bit for bit, not the series' own; empty if all are. */
function differingPart({ singles }: FollowedSeries, { history, end }: HistoryBefore): Float32Array {
  const from = end - history.length;
  let last = history.length - 1;
  while (last >= 0 && history[last] === singles[from + last]) last--;
  return history.subarray(0, last + 1);
}

/** Gives the series these values from an index on. */
function correct(followed: FollowedSeries, values: Float32Array, from: number): void {
  followed.singles.set(values, from);
  followed.series.values.set(values, from);
  followed.corrections++;
}
