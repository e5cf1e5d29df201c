import { describe, expect, it } from 'vitest';
import { stl } from '#models/stl/stl.ts';
import { golden } from '../arima/golden.ts';

const values = Float64Array.from(golden.values);

describe('stl', () => {
  it('decomposes as statsmodels does', () => {
    const found = stl(values, { season: golden.season, seasonalWindow: 11 });
    values.forEach((_, t) => {
      expect(found.trend[t]).toBeCloseTo(golden.stl.trend[t]!, 5);
      expect(found.seasonal[t]).toBeCloseTo(golden.stl.seasonal[t]!, 5);
    });
  });

  it('leaves nothing out: the parts add up to the series', () => {
    const { trend, seasonal, remainder } = stl(values, { season: 12, seasonalWindow: 7 });
    values.forEach((value, t) => {
      expect(trend[t]! + seasonal[t]! + remainder[t]!).toBeCloseTo(value, 9);
    });
  });

  it('needs two seasons', () => {
    expect(() => stl(values.subarray(0, 23), { season: 12, seasonalWindow: 7 })).toThrow(
      RangeError,
    );
  });
});
