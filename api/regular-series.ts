import { LARGEST_AMOUNT } from '#models/series/amount-range.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { Series } from './types/series.ts';

/**
 * A caller's series as models take it; what is missing is NaN.
 * @throws RangeError for an unusable grid, or a value that is no finite number.
 */
export function regularSeries(series: Series): RegularSeries {
  requireGrid(series);
  const { values, startSeconds, stepSeconds } = series;
  return { startSeconds, stepSeconds, values: measured(values, 'values') };
}

/** @throws RangeError for a start or a step that is no time. */
export function requireGrid({
  startSeconds,
  stepSeconds,
}: Pick<Series, 'startSeconds' | 'stepSeconds'>): void {
  if (stepSeconds > 0 && Number.isFinite(stepSeconds) && Number.isFinite(startSeconds)) return;
  throw new RangeError(`no grid: start ${startSeconds}, step ${stepSeconds} seconds`);
}

/**
 * A caller's values, NaN for null, NaN and holes.
 * @param name of the values in messages.
 * @throws RangeError that names the first value that is no finite number.
 */
export function measured(values: Series['values'], name: string): Float64Array {
  return Float64Array.from(values, (value, at) => {
    const known: unknown = value ?? NaN;
    if (typeof known === 'number' && Math.abs(known) !== Infinity) return known;
    throw new RangeError(`${name}[${at}] is ${String(known)}, expected a finite number or null`);
  });
}

/**
 * The values, if they are amounts.
 * @throws RangeError that names the first one that is negative, or too large for a model.
 */
export function requireAmounts(values: Float64Array, name: string): Float64Array {
  const at = values.findIndex((value) => value < 0 || value > LARGEST_AMOUNT);
  if (at < 0) return values;
  throw new RangeError(`${name}[${at}] is ${values[at]}, expected 0 to ${LARGEST_AMOUNT}`);
}
