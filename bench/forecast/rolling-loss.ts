import { fillGaps } from '#models/fill-gaps.ts';
import type { ForecastShape, ModelFamily } from '#models/forecast-model.ts';
import { pinballLoss } from '#models/pinball-loss.ts';

const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const CONTEXT = 2016;

/** The windows of GIFT-Eval over the last tenth of a month of five-minute steps. */
export const RULES: readonly { readonly horizon: number; readonly windows: number }[] = [
  { horizon: 48, windows: 18 },
  { horizon: 480, windows: 2 },
  { horizon: 720, windows: 2 },
];

/** Sums over series: the loss is 2 · pinball, mean over the levels, ÷ absolute, both summed first. */
export interface LossSums {
  loss: number;
  absolute: number;
}

/** Adds the loss of a family's raw forecasts at non-overlapping windows that end with the last observation. */
export function addRollingLoss(
  sums: LossSums,
  series: Float64Array,
  family: ModelFamily,
  { horizon, windows }: (typeof RULES)[number],
): void {
  const first = series.findIndex((value) => !Number.isNaN(value));
  const last = series.findLastIndex((value) => !Number.isNaN(value));
  if (first === -1) return;
  const measured = series.subarray(first, last + 1);
  const shape: ForecastShape = { stepSeconds: 300, context: CONTEXT, horizon, levels: LEVELS };
  for (let window = 0; window < windows; window++) {
    const end = measured.length - (windows - window) * horizon;
    if (end < CONTEXT) continue;
    // Gaps are filled with what lies before the window alone.
    const values = fillGaps(measured.subarray(0, end), 288);
    const fit = family.fit({ startSeconds: 0, stepSeconds: 300, values }, shape);
    if (fit.kind !== 'fitted') continue;
    const { rows, columns } = fit.model;
    const out = new Float64Array(rows * columns);
    fit.model.forecastInto(values.subarray(end - CONTEXT), end * 300, out);
    for (let step = 0; step < horizon; step++) {
      const actual = measured[end + step]!;
      if (Number.isNaN(actual)) continue;
      const row = out.subarray((rows === 1 ? 0 : step) * columns);
      sums.loss += 2 * pinballLoss(actual, row, LEVELS);
      sums.absolute += Math.abs(actual);
    }
  }
}
