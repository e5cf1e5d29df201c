import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mstl } from '#models/decompose/mstl.ts';
import { stl } from '#models/decompose/stl.ts';
import { goldenSynthetic } from '../statistical-golden.ts';

describe('mstl', () => {
  it('agrees with statsforecast (scripts/make-golden-statistical.py)', () => {
    const golden = goldenSynthetic().mstl;
    const parts = mstl(Float64Array.from(golden.values), { periods: [8, 32], fast: false });
    golden.trend.forEach((value, t) => expect(parts.trend[t]).toBeCloseTo(value, 5));
    golden.season8.forEach((value, t) => expect(parts.seasons[0]![t]).toBeCloseTo(value, 5));
    golden.season32.forEach((value, t) => expect(parts.seasons[1]![t]).toBeCloseTo(value, 5));
  });

  it('finds a season and a line that were put together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 20 }),
        fc.double({ min: -0.2, max: 0.2, noNaN: true }),
        fc.boolean(),
        (period, slope, fast) => {
          const wave = (t: number) => Math.sin((2 * Math.PI * t) / period);
          const values = Float64Array.from(
            { length: 8 * period },
            (_, t) => 5 + slope * t + wave(t),
          );
          const { trend, season } = stl(values, { period, seasonalWindow: 11, passes: 2, fast });
          season.forEach((value, t) => expect(Math.abs(value - wave(t))).toBeLessThan(0.15));
          trend.forEach((value, t) => expect(Math.abs(value - 5 - slope * t)).toBeLessThan(0.15));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('refuses a season that is not seen twice', () => {
    expect(() => mstl(new Float64Array(15), { periods: [8], fast: true })).toThrow(/15 values/);
    expect(() => mstl(new Float64Array(15), { periods: [], fast: true })).toThrow(RangeError);
  });
});
