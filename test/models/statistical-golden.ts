import { readFileSync } from 'node:fs';

/** What statsforecast says of a series (scripts/make-golden-statistical.py). */
export interface GoldenAnswers {
  readonly name: string;
  readonly ets: {
    readonly form: string;
    readonly logLikelihood: number;
    readonly forecast: readonly number[];
  };
  readonly theta: {
    readonly form: string;
    readonly loss: number;
    readonly forecast: readonly number[];
  };
}

export interface GoldenSeries extends GoldenAnswers {
  readonly season: number;
  readonly values: readonly number[];
}

export interface GoldenSynthetic {
  readonly series: readonly GoldenSeries[];
  readonly mstl: Readonly<Record<'values' | 'trend' | 'season8' | 'season32', readonly number[]>>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(`test/golden/models/${name}.json`, 'utf8'));

export const goldenSynthetic = (): GoldenSynthetic =>
  read('statistical-synthetic') as GoldenSynthetic;

export const goldenM4 = (): readonly GoldenAnswers[] =>
  read('statistical-m4') as readonly GoldenAnswers[];

/** Where the real series are; tests that need them skip without. */
export const M4_TRAIN = '../shared/data/m4-hourly/train.csv.gz';

/** Sum of absolute differences ÷ sum of absolute expected values. */
export function relativeDifference(found: ArrayLike<number>, expected: readonly number[]): number {
  let [difference, size] = [0, 0];
  expected.forEach((value, k) => {
    difference += Math.abs(value - found[k]!);
    size += Math.abs(value);
  });
  return difference / size;
}
