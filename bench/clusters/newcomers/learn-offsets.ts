import { AGES_HOURS, type NewcomerCase } from './newcomer-cases.ts';
import type { NewcomerOffsets } from './newcomer-offsets.ts';

const HOUR = 3600;
/** Where a band of the time ahead ends, and the time that stands for it, in seconds. */
const BANDS: readonly { readonly end: number; readonly middle: number }[] = [
  { end: HOUR, middle: HOUR / 2 },
  { end: 4 * HOUR, middle: 2 * HOUR },
  { end: 12 * HOUR, middle: 8 * HOUR },
  { end: Infinity, middle: 18 * HOUR },
];

/** Mean width of the pool's 80 % interval. */
export function poolWidth(pool: Float32Array, levels: readonly number[]): number {
  const [low, high] = [levels.indexOf(0.1), levels.indexOf(0.9)];
  let sum = 0;
  for (let row = 0; row < pool.length; row += levels.length) {
    sum += pool[row + high]! - pool[row + low]!;
  }
  return (sum * levels.length) / pool.length;
}

/**
 * Offsets of least loss: of each age, band and level the quantile of what came beside the pool's, in
 * widths of its 80 % interval, every value with the weight of that width. That is where the
 * sum of the pinball losses is least (Koenker and Bassett, Econometrica 46, 1978). Every fleet has
 * the same weight. From the last age on the newcomer's own hours count alone.
 */
export function learnOffsets(
  fleets: readonly (readonly NewcomerCase[])[],
  levels: readonly number[],
): NewcomerOffsets {
  const offsets = AGES_HOURS.map((age, k) =>
    BANDS.map((_, band) =>
      k === AGES_HOURS.length - 1
        ? levels.map(() => 0)
        : offsetsOf(residuals(fleets, { age, band, levels }), levels),
    ),
  );
  return {
    ageSeconds: AGES_HOURS.map((age) => age * HOUR),
    aheadSeconds: BANDS.map(({ middle }) => middle),
    levels,
    offsets,
  };
}

interface Residuals {
  /** Row-major [values × levels]. */
  readonly values: readonly Float64Array[];
  readonly weights: readonly number[];
}

function residuals(
  fleets: readonly (readonly NewcomerCase[])[],
  {
    age,
    band,
    levels,
  }: { readonly age: number; readonly band: number; readonly levels: readonly number[] },
): Residuals {
  const values: Float64Array[] = [];
  const weights: number[] = [];
  for (const cases of fleets) {
    const of = cases.filter(({ ageHours, parts }) => ageHours === age && parts.pool !== null);
    const size = of.reduce((sum, { actual }) => sum + sizeOf(actual), 0);
    for (const { parts, actual, ahead } of of) {
      const width = poolWidth(parts.pool!, levels);
      if (!(width > 0)) continue;
      actual.forEach((y, step) => {
        if (Number.isNaN(y) || bandOf(ahead[step]!) !== band) return;
        const row = parts.pool!.subarray(step * levels.length, (step + 1) * levels.length);
        values.push(Float64Array.from(row, (quantile) => (y - quantile) / width));
        weights.push(width / size);
      });
    }
  }
  return { values, weights };
}

function offsetsOf({ values, weights }: Residuals, levels: readonly number[]): readonly number[] {
  const share = Float64Array.from(weights);
  return levels.map((level, column) => {
    const ofLevel = Float64Array.from(values, (row) => row[column]!);
    return ofLevel.length === 0 ? 0 : Number(weightedQuantile(ofLevel, share, level).toFixed(4));
  });
}

/** Halvings of the range: enough for four decimals of any offset. */
const HALVINGS = 40;

/** By halving the range, which is much faster than sorting for each level. */
function weightedQuantile(values: Float64Array, weights: Float64Array, level: number): number {
  let [low, high, total] = [Infinity, -Infinity, 0];
  for (let k = 0; k < values.length; k++) {
    low = Math.min(low, values[k]!);
    high = Math.max(high, values[k]!);
    total += weights[k]!;
  }
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    let below = 0;
    for (let k = 0; k < values.length; k++) if (values[k]! <= middle) below += weights[k]!;
    if (below >= level * total) high = middle;
    else low = middle;
  }
  return high;
}

const bandOf = (ahead: number): number => BANDS.findIndex(({ end }) => ahead <= end);

const sizeOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : Math.abs(value)), 0);
