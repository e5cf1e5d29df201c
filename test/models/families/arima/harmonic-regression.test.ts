import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  autocovariances,
  autoregressiveErrors,
} from '#models/families/arima/estimation/autoregressive-errors.ts';
import {
  chooseHarmonics,
  refitHarmonics,
} from '#models/families/arima/harmonic/choose-harmonics.ts';
import { fitFourier, harmonicTables } from '#models/families/arima/harmonic/fourier-fit.ts';
import { seededRandom } from '#test/models/synthetic-series.ts';

/** Roughly normal: the sum of twelve uniform numbers. */
function noise(steps: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: steps }, () => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += random();
    return sum;
  });
}

describe('autocovariances', () => {
  it('are the sums of their definition, bit for bit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1, maxLength: 30 }),
        fc.nat(20),
        (values, wanted) => {
          const most = Math.min(wanted, values.length - 1);
          const expected = Float64Array.from({ length: most + 1 }, (_, lag) => {
            let sum = 0;
            for (let t = lag; t < values.length; t++) sum += values[t]! * values[t - lag]!;
            return sum / values.length;
          });
          expect(autocovariances(Float64Array.from(values), most)).toEqual(expected);
        },
      ),
    );
  });
});

describe('autoregressiveErrors', () => {
  it('finds order and coefficients of a long autoregression', () => {
    const values = noise(4000, 5);
    for (let t = 2; t < values.length; t++) {
      values[t]! += 1.2 * values[t - 1]! - 0.5 * values[t - 2]!;
    }
    const { coefficients } = autoregressiveErrors(values, 8, 0);
    expect(Math.abs(coefficients[0]! - 1.2)).toBeLessThan(0.1);
    expect(Math.abs(coefficients[1]! + 0.5)).toBeLessThan(0.1);
    coefficients.slice(2).forEach((value) => expect(Math.abs(value)).toBeLessThan(0.1));
  });

  it('leaves zeros alone', () => {
    expect(autoregressiveErrors(new Float64Array(50), 4, 1).coefficients).toHaveLength(0);
  });
});

describe('fitFourier', () => {
  // A quarter of 90 steps is no whole number of them.
  it.each([60, 90])(
    'finds the waves a series of period %d was made of, wherever it starts',
    (period) => {
      const firstStep = 17;
      const harmonics = [
        { multiple: 2, cosine: 3, sine: -1 },
        { multiple: 5, cosine: 0.5, sine: 2 },
      ];
      const tables = harmonics.map(harmonicTables(period));
      const values = Float64Array.from(
        { length: 200 },
        (_, t) => 10 + tables.reduce((sum, table) => sum + table[(firstStep + t) % period]!, 0),
      );
      const fit = fitFourier({ values, firstStep, period }, [2, 5]);
      expect(fit.mean).toBeCloseTo(10, 4);
      fit.harmonics.forEach(({ cosine, sine }, k) => {
        expect(cosine).toBeCloseTo(harmonics[k]!.cosine, 3);
        expect(sine).toBeCloseTo(harmonics[k]!.sine, 3);
      });
    },
  );
});

describe('chooseHarmonics', () => {
  it('takes as many harmonics as there are, and logarithms where effects multiply', () => {
    const random = noise(960, 8);
    const wave = (t: number) =>
      Math.sin((2 * Math.PI * t) / 24) + 0.5 * Math.cos((2 * Math.PI * t) / 8);
    const added = random.map((value, t) => 100 + 9 * wave(t) + value);
    const plain = chooseHarmonics({ values: added, firstStep: 0, lengths: [24] });
    expect(plain.scale.kind).toBe('plain');
    expect(plain.multiples).toEqual([1, 2, 3]);
    const multiplied = random.map((value, t) => Math.exp(2 + wave(t) + 0.2 * value));
    const logarithmic = chooseHarmonics({ values: multiplied, firstStep: 0, lengths: [24] });
    expect(logarithmic.scale.kind).toBe('logarithmic');
  });

  it('fits the chosen harmonics to other values without choosing anew', () => {
    const random = noise(960, 8);
    const wave = (t: number) => Math.sin((2 * Math.PI * t) / 24);
    const series = (size: number) => random.map((value, t) => 100 + size * wave(t) + value);
    const chosen = chooseHarmonics({ values: series(9), firstStep: 0, lengths: [24] });
    const refitted = refitHarmonics({ values: series(20), firstStep: 0, lengths: [24] }, chosen);
    expect(refitted.multiples).toEqual(chosen.multiples);
    expect(Math.abs(refitted.profile[6]! - 20)).toBeLessThan(1);
  });
});
