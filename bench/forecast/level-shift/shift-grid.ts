import { createRandom, standardNormal } from '#core/domain/random.ts';
import { forecastTask } from '#tasks/forecast-task.ts';
import { planForecasts } from '#tasks/plan-forecasts.ts';

const [HOUR, DAY] = [3600, 86_400];

/** A level that is multiplied by `factor` some time before the forecast. */
export interface ShiftVariant {
  readonly name: string;
  readonly stepSeconds: number;
  readonly factor: number;
  /** Steps since the shift. */
  readonly age: number;
  readonly isSeasonal: boolean;
  /** Standard deviation of the noise as a share of the level. */
  readonly noise: number;
  readonly seed: number;
}

const FACTORS = [3, 1.5, 1 / 3, 0];
const AGES_SECONDS = [HOUR, 12 * HOUR, DAY, 2 * DAY];
const START_SECONDS = Date.UTC(2026, 0, 5) / 1000;

/** All variants of the given steps (seconds) and shares of noise. */
export function shiftGrid(
  steps: readonly number[],
  noises: readonly number[],
): readonly ShiftVariant[] {
  const variants: ShiftVariant[] = [];
  for (const stepSeconds of steps) {
    const ages = new Set(AGES_SECONDS.map((age) => Math.max(1, Math.round(age / stepSeconds))));
    for (const noise of noises) {
      for (const isSeasonal of [false, true]) {
        for (const factor of FACTORS) {
          for (const age of ages) {
            const kind = isSeasonal ? 'seasonal' : 'flat';
            const times = `× ${Number(factor.toFixed(2))}`;
            const name = `${stepSeconds} s, ${kind}, ${times}, ${age} steps ago, noise ${noise}`;
            const seed = variants.length + 1;
            variants.push({ name, stepSeconds, factor, age, isSeasonal, noise, seed });
          }
        }
      }
    }
  }
  return variants;
}

/** Steps of a season: a day, for daily steps a week. */
const seasonOf = (stepSeconds: number): number => (stepSeconds < DAY ? DAY / stepSeconds : 7);

/** Two weeks of five minutes, four of hours, half a year of days. */
const lengthOf = (stepSeconds: number): number =>
  stepSeconds < HOUR ? (14 * DAY) / stepSeconds : stepSeconds < DAY ? 28 * 24 : 180;

/** What was measured, and what comes. */
export function shiftedSeries(
  variant: ShiftVariant,
  horizon: number,
): { readonly past: Float64Array; readonly future: Float64Array } {
  const { stepSeconds, factor, age, isSeasonal, noise } = variant;
  const random = createRandom(variant.seed);
  const [season, length] = [seasonOf(stepSeconds), lengthOf(stepSeconds)];
  const all = Float64Array.from({ length: length + horizon }, (_, k) => {
    const swing = isSeasonal ? 0.5 * Math.sin((2 * Math.PI * k) / season) : 0;
    const value = 100 * (1 + swing) * (1 + noise * standardNormal(random));
    return Math.max(0, k >= length - age ? factor * value : value);
  });
  return { past: all.subarray(0, length), future: all.subarray(length) };
}

/** Steps of the horizon that count: 1, 6, 12 and 24 hours, of days 1, 2, 4 and 7. */
const endsOf = (stepSeconds: number): readonly number[] =>
  stepSeconds < DAY ? [1, 6, 12, 24].map((hours) => (hours * HOUR) / stepSeconds) : [1, 2, 4, 7];

/**
 * Half of the mean size of the noise, at least a thousandth of the level before the shift: no
 * forecast is better than the noise but by luck, and none is exactly zero but by definition.
 */
const leastError = (future: Float64Array, { noise }: ShiftVariant): number =>
  Math.max(
    0.1,
    (0.5 * 0.8 * noise * future.reduce((sum, value) => sum + value, 0)) / future.length,
  );

/**
 * Error of the median ÷ the better of last value and seasonal naive, up to each end.
 * @param isBetween whether the model was trained before the shift.
 */
export async function shiftRatios(
  variant: ShiftVariant,
  isBetween: boolean,
): Promise<{ readonly model: string; readonly ratios: readonly number[] }> {
  const { stepSeconds, age } = variant;
  const ends = endsOf(stepSeconds);
  const horizon = ends.at(-1)!;
  const { past, future } = shiftedSeries(variant, horizon);
  const series = { startSeconds: START_SECONDS, stepSeconds, values: past };
  const plan = { horizon, windows: 1, refit: 1, levels: [0.5], seasons: undefined };
  const [planned] = planForecasts([{ id: 'shifted', series, dsAt: String }], plan).forecasts;
  const { job } = planned!;
  const origins = isBetween ? [past.length - age, past.length] : [past.length];
  const { model, quantiles } = await forecastTask({ ...job, origins });
  const median = quantiles.at(-1)!;
  const season = seasonOf(stepSeconds);
  const naive = future.map((_, k) => past[past.length - season + (k % season)]!);
  const last = future.map(() => past.at(-1)!);
  const error = (forecast: Float64Array, end: number): number =>
    forecast.subarray(0, end).reduce((sum, value, k) => sum + Math.abs(value - future[k]!), 0) /
    end;
  const ratios = ends.map(
    (end) =>
      error(median, end) /
      Math.max(leastError(future, variant), Math.min(error(naive, end), error(last, end))),
  );
  return { model, ratios };
}
