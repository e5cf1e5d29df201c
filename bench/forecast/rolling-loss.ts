import type { ForecastShape, ModelFamily } from '#models/contract/forecast-model.ts';
import { pinballLoss } from '#models/numeric/pinball-loss.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';

export const DECILES: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const CONTEXT = 2016;
const DAY_STEPS = 288;

/** Non-overlapping windows of so many five-minute steps that end with the last observation. */
export interface WindowRule {
  readonly horizon: number;
  readonly windows: number;
}

/** The windows of GIFT-Eval over the last tenth of a month of five-minute steps. */
export const RULES: readonly WindowRule[] = [
  { horizon: 48, windows: 18 },
  { horizon: 480, windows: 2 },
  { horizon: 720, windows: 2 },
];

/**
 * Sums over series: the loss is 2 · pinball, mean over the levels, ÷ absolute, both summed first.
 */
export interface LossSums {
  loss: number;
  absolute: number;
}

/**
 * Deciles of the steps that follow a gapless past, row-major [1 or horizon × 9]; null where it is
 * too short.
 */
export type PastForecast = (past: Float64Array, horizon: number) => Float64Array | null;

/** Adds the loss of raw forecasts at the rule's windows; nothing at or after a window is seen. */
export function addRollingLoss(
  sums: LossSums,
  series: Float64Array,
  forecast: PastForecast,
  { horizon, windows }: WindowRule,
): void {
  const measured = measuredPart(series);
  for (let window = 0; window < windows; window++) {
    const end = measured.length - (windows - window) * horizon;
    if (end < 1) continue;
    // Gaps are filled with what lies before the window alone.
    const out = forecast(fillGaps(measured.subarray(0, end), DAY_STEPS), horizon);
    if (out === null) continue;
    const rows = out.length / DECILES.length;
    for (let step = 0; step < horizon; step++) {
      const actual = measured[end + step]!;
      if (Number.isNaN(actual)) continue;
      const row = out.subarray((rows === 1 ? 0 : step) * DECILES.length);
      sums.loss += 2 * pinballLoss(actual, row, DECILES);
      sums.absolute += Math.abs(actual);
    }
  }
}

/** From the first to the last measured value; nothing where nothing was measured. */
export function measuredPart(series: Float64Array): Float64Array {
  const first = series.findIndex((value) => !Number.isNaN(value));
  const last = series.findLastIndex((value) => !Number.isNaN(value));
  return first === -1 ? new Float64Array(0) : series.subarray(first, last + 1);
}

/**
 * A family that gives quantiles, without calibration or selection, on the last `least` to 2,016
 * steps.
 */
export function rawForecast(family: ModelFamily, least = CONTEXT): PastForecast {
  return (values, horizon) => {
    if (values.length < least) return null;
    const context = Math.min(CONTEXT, values.length);
    const shape: ForecastShape = { stepSeconds: 300, context, horizon, levels: DECILES };
    const fit = family.fit({ startSeconds: 0, stepSeconds: 300, values }, shape);
    if (fit.kind !== 'fitted') return null;
    const { rows, columns } = fit.model;
    const out = new Float64Array(rows * columns);
    fit.model.forecastInto(values.subarray(values.length - context), values.length * 300, out);
    return out;
  };
}
