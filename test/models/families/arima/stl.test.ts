import { describe, expect, it } from 'vitest';
import { stl } from '#models/families/arima/search/stl.ts';
import { golden } from './golden.ts';

const values = Float64Array.from(golden.values);

describe('stl', () => {
  it('decomposes as statsmodels does', () => {
    const found = stl(values, {
      period: golden.season,
      seasonalWindow: 11,
      passes: 2,
      fast: false,
    });
    values.forEach((_, t) => {
      expect(found.trend[t]).toBeCloseTo(golden.stl.trend[t]!, 5);
      expect(found.season[t]).toBeCloseTo(golden.stl.seasonal[t]!, 5);
    });
  });

  it('needs two seasons', () => {
    expect(() =>
      stl(values.subarray(0, 23), { period: 12, seasonalWindow: 7, passes: 2, fast: false }),
    ).toThrow(RangeError);
  });
});
