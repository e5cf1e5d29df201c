import type { ForecastModel, RollingForecast } from '#models/contract/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { followModel } from './follow-model.ts';
import { modelForecaster } from './model-forecaster.ts';

/** A series that is known beforehand, in the precision that forecasters read. */
export interface FollowedSeries {
  /** Without gaps. */
  readonly series: RegularSeries;
  readonly singles: Float32Array;
}

export function followedSeries(series: RegularSeries): FollowedSeries {
  const filled = fillByDay(series.values, series.stepSeconds);
  const singles = new Float32Array(filled);
  return { series: { ...series, values: new Float64Array(singles) }, singles };
}

/**
 * A model that is asked step after step along one series, as a replay does: the same forecasts as
 * `modelForecaster`, at a fraction of their cost. The series only saves work: a forecast uses
 * nothing of it at or after its origin, and where the history that is handed in differs from what
 * the series has before the origin (as while a gap lasts), the history counts.
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
      if (!wanted || !isOne || !endsWith(followed.singles, { history, end })) {
        return plain.forecast(history, originsSeconds, wanted);
      }
      if (course === null || course.end > end || !areSame(course.wanted, wanted)) {
        const follow = followModel(model, followed.series, wanted);
        course = { wanted, end, follow, found: new Float64Array(wanted.length * levels.length) };
      }
      course.end = end;
      course.follow(end, course.found);
      const quantiles = new Float32Array(wanted.at(-1)! * levels.length).fill(NaN);
      for (let row = 0; row < wanted.length; row++) {
        const from = (wanted[row] - 1) * levels.length;
        for (let level = 0; level < levels.length; level++) {
          quantiles[from + level] = course.found[row * levels.length + level]!;
        }
      }
      return quantiles;
    },
  };
}

/** Origins of a rolling forecast only grow. */
interface Course {
  readonly wanted: readonly number[];
  readonly follow: RollingForecast;
  /** What it found last. */
  readonly found: Float64Array;
  end: number;
}

function areSame(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((step, k) => step === b[k]));
}

/** True if the history is, bit for bit, what the values have before `end`. */
function endsWith(
  values: Float32Array,
  { history, end }: { readonly history: Float32Array; readonly end: number },
): boolean {
  const from = end - history.length;
  if (!Number.isInteger(end) || from < 0 || end > values.length) return false;
  for (let k = history.length - 1; k >= 0; k--) {
    if (history[k] !== values[from + k]) return false;
  }
  return true;
}
