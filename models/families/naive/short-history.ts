import { empiricalQuantiles } from '#models/numeric/empirical-quantile.ts';
import { mean } from '#models/numeric/mean.ts';

/** How the middle of a short history is continued. */
export type ShortRule = 'last value' | 'drift' | 'usual level';

export interface ShortForecast {
  readonly rule: ShortRule;
  /** Row-major [horizon × levels]. */
  readonly quantiles: Float64Array;
}

interface Rule {
  readonly name: ShortRule;
  /** @returns the value `ahead` steps after the end of the values. */
  readonly point: (values: Float64Array, ahead: number) => number;
  /** True if its errors grow with the square root of the steps ahead, as those of a walk do. */
  readonly walks: boolean;
}

/** Longer histories cost time in proportion to their square. */
const MOST_VALUES = 96;

/** In the order in which a tie is decided. */
const RULES: readonly Rule[] = [
  { name: 'last value', point: (values) => values.at(-1) ?? NaN, walks: true },
  { name: 'drift', point: lineThroughEnds, walks: true },
  { name: 'usual level', point: (values) => empiricalQuantiles(values, [0.5])[0], walks: false },
];

/**
 * Forecast of a history that is too short to train a model on: continues it by the last value, by
 * drift (the line through the first and the last value) or by the median, whichever had the least
 * mean absolute error at the origins in the second half of the history (Hyndman and Athanasopoulos,
 * Forecasting: Principles and Practice, 3rd ed., sections 5.2 and 5.10). Quantiles are those of its
 * errors there, centred; without errors all are the same.
 * @param history without gaps, oldest first, at least one value; only the last ones are read.
 * @param levels of the quantiles, in (0, 1).
 */
export function forecastShortHistory(
  history: Float64Array,
  horizon: number,
  levels: readonly number[],
): ShortForecast {
  const values = history.subarray(-MOST_VALUES);
  const judged = RULES.map((rule) => ({ rule, errors: errorsOf(rule, values, horizon) }));
  const losses = judged.map(({ errors }) =>
    mean(Float64Array.from(errors, ({ error }) => Math.abs(error))),
  );
  const best = losses.reduce((least, loss, k) => (loss < losses[least] ? k : least), 0);
  const { rule, errors } = judged[best];
  const unit = (ahead: number): number => (rule.walks ? Math.sqrt(ahead) : 1);
  const scaled = errors.map(({ error, ahead }) => error / unit(ahead));
  const [middle = 0] = scaled.length === 0 ? [] : empiricalQuantiles(scaled, [0.5]);
  const spread =
    scaled.length === 0
      ? levels.map(() => 0)
      : empiricalQuantiles(scaled, levels).map((quantile) => quantile - middle);
  const quantiles = new Float64Array(horizon * levels.length);
  for (let step = 0; step < horizon; step++) {
    const point = rule.point(values, step + 1);
    levels.forEach((_, k) => {
      quantiles[step * levels.length + k] = point + spread[k] * unit(step + 1);
    });
  }
  return { rule: rule.name, quantiles };
}

interface RuleError {
  readonly ahead: number;
  readonly error: number;
}

/** Errors at all origins in the second half, at all steps up to the horizon. */
function errorsOf({ point }: Rule, values: Float64Array, horizon: number): readonly RuleError[] {
  const errors: RuleError[] = [];
  for (let origin = Math.max(2, values.length >> 1); origin < values.length; origin++) {
    const past = values.subarray(0, origin);
    for (let ahead = 1; ahead <= horizon && origin + ahead <= values.length; ahead++) {
      errors.push({ ahead, error: values[origin + ahead - 1] - point(past, ahead) });
    }
  }
  return errors;
}

/** The line through the first and the last value, so many steps ahead; level of a single value. */
export function lineThroughEnds(values: Float64Array, ahead: number): number {
  const last = values.at(-1) ?? NaN;
  return values.length < 2 ? last : last + ((last - values[0]) / (values.length - 1)) * ahead;
}
