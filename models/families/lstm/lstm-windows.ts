import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { scoringBands } from '#models/contract/horizon-bands.ts';
import type { Batch } from '#models/network-training/training-session.ts';
import { mean } from '#models/numeric/mean.ts';

/** A series to learn from: gapless to read, with gaps (NaN) to compare with. */
export interface LearningSeries {
  readonly filled: Float64Array;
  readonly actual: Float64Array;
}

/** A window is a series and the index of the first value to forecast. */
export interface LearningWindow {
  readonly series: LearningSeries;
  readonly end: number;
  /**
   * What its errors are divided by: the window's scale, but not much less than the series' usual
   * one.
   */
  readonly unit: number;
}

/** A window that is quieter than this share of the usual does not count for more. */
const LEAST_SHARE = 0.2;

/** Steps ahead that are learned: those that validation looks at. */
export const learnedSteps = (horizon: number): number[] =>
  scoringBands(horizon).flatMap(({ scored }) => scored);

/**
 * At most `most` windows, evenly spread over the ends in [from, to) that have a whole context
 * before them.
 */
export function learningWindows(
  series: LearningSeries,
  { context }: ForecastShape,
  { from, to, most }: { readonly from: number; readonly to: number; readonly most: number },
): LearningWindow[] {
  const first = Math.max(from, context);
  const stride = Math.max(1, Math.ceil((to - first) / most));
  const usual = mean(series.filled.subarray(0, to).map(Math.abs));
  const windows: LearningWindow[] = [];
  for (let end = first; end < to; end += stride) {
    const scale = mean(series.filled.subarray(end - context, end).map(Math.abs));
    const unit = Math.max(scale, LEAST_SHARE * usual);
    if (unit > 0) windows.push({ series, end, unit });
  }
  return windows;
}

/** The batch's inputs; what was not measured, or lies beyond the end of a series, has no weight. */
export function toLstmBatch(
  windows: readonly LearningWindow[],
  { context, horizon }: ForecastShape,
): Batch {
  const steps = learnedSteps(horizon);
  const history = new Float32Array(windows.length * context);
  const targets = new Float32Array(windows.length * steps.length);
  const weights = new Float32Array(windows.length * steps.length);
  windows.forEach(({ series, end }, w) => {
    history.set(series.filled.subarray(end - context, end), w * context);
    steps.forEach((step, s) => {
      const actual = series.actual[end + step - 1] ?? NaN;
      if (Number.isNaN(actual)) return;
      targets[w * steps.length + s] = actual;
      weights[w * steps.length + s] = 1;
    });
  });
  return { history, targets, weights, units: Float32Array.from(windows, ({ unit }) => unit) };
}

/** Share of each series at its end that decides when training stops. */
const VALIDATION_SHARE = 0.2;

/** Greatest numbers of windows of all series together. */
export interface WindowCounts {
  readonly shape: ForecastShape;
  readonly windows: number;
  readonly validationWindows: number;
}

/** Windows to learn from, and those of each series' end that tell when to stop. */
export function divideWindows(
  series: readonly LearningSeries[],
  { shape, windows, validationWindows }: WindowCounts,
): { readonly learning: LearningWindow[]; readonly validation: LearningWindow[] } {
  const share = (count: number): number => Math.max(1, Math.ceil(count / series.length));
  const both = series.map((one) => {
    const cut = Math.floor(one.filled.length * (1 - VALIDATION_SHARE));
    // Learned targets end before the first validation origin.
    const learned = { filled: one.filled.subarray(0, cut), actual: one.actual.subarray(0, cut) };
    return {
      learning: learningWindows(learned, shape, { from: 0, to: cut, most: share(windows) }),
      validation: learningWindows(one, shape, {
        from: cut,
        to: one.filled.length,
        most: share(validationWindows),
      }),
    };
  });
  return {
    learning: both.flatMap(({ learning }) => learning),
    validation: both.flatMap(({ validation }) => validation),
  };
}
