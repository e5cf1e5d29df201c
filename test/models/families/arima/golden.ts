import { readFileSync } from 'node:fs';

export interface ArimaGolden {
  readonly season: number;
  readonly values: readonly number[];
  readonly gaps: readonly number[];
  readonly cases: readonly {
    readonly name: string;
    readonly order: readonly [number, number, number, number, number, number];
    readonly constant: boolean;
    readonly gaps: boolean;
    readonly log_likelihood: number;
    readonly forecast: readonly number[];
  }[];
  readonly stl: { readonly trend: readonly number[]; readonly seasonal: readonly number[] };
  readonly kpss: number;
}

/** What statsmodels computes (scripts/make-golden-arima.py). */
export const golden = JSON.parse(
  readFileSync('test/golden/models/arima.json', 'utf8'),
) as ArimaGolden;
