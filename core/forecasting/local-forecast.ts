import { localSeries, localStepAhead } from '#core/domain/local-series.ts';

/** What was measured before a forecast, and the zone whose clock its days follow. */
interface LocalPast {
  readonly values: Float64Array;
  readonly originSeconds: number;
  readonly timeZone: string;
}

/** Steps ahead in time, and the steps of a forecast in local time that say what they will be. */
export interface StepsAhead {
  readonly wanted: readonly number[];
  readonly local: readonly number[];
}

export function aheadOf(
  { originSeconds, timeZone }: LocalPast,
  { horizon, stepSeconds }: { readonly horizon: number; readonly stepSeconds: number },
  wanted: readonly number[],
): StepsAhead {
  const origin = { seconds: originSeconds, stepSeconds, horizon };
  return { wanted, local: wanted.map((step) => localStepAhead(step, origin, timeZone)) };
}

/** The values in local time, up to the origin. */
export function localValues(
  { values, originSeconds, timeZone }: LocalPast,
  stepSeconds: number,
): Float64Array {
  const startSeconds = originSeconds - values.length * stepSeconds;
  return localSeries(values, { startSeconds, stepSeconds }, timeZone).values;
}

/** The rows of the wanted steps; a forecast that has them all in their places as it is. */
export function rowsAt<T extends Float32Array | Float64Array>(
  quantiles: T,
  { wanted, local }: StepsAhead,
  width: number,
): T {
  if (wanted.every((step, k) => step === local[k])) return quantiles;
  const rows = quantiles.slice(0, wanted.at(-1)! * width).fill(NaN) as T;
  wanted.forEach((step, k) => {
    const from = (local[k] - 1) * width;
    rows.set(quantiles.subarray(from, from + width), (step - 1) * width);
  });
  return rows;
}
