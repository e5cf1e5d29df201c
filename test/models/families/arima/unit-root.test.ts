import { expect, it } from 'vitest';
import { seasonalStrength } from '#models/families/arima/search/seasonal-strength.ts';
import { kpssStatistic } from '#models/families/arima/search/unit-root.ts';
import { golden } from './golden.ts';

const values = Float64Array.from(golden.values);

it('computes the KPSS statistic of statsmodels', () => {
  expect(kpssStatistic(values)).toBeCloseTo(golden.kpss, 8);
});

it('finds a season of sine and none in what repeats nothing', () => {
  expect(seasonalStrength(values, golden.season)).toBeGreaterThan(0.64);
  expect(seasonalStrength(values.subarray(0, 20), golden.season)).toBe(0);
  expect(seasonalStrength(new Float64Array(100).fill(3), 7)).toBe(0);
});
