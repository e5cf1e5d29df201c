import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { craneDsp, isPeriodic } from '#evaluation/baselines/crane-dsp.ts';
import {
  estimatePeriod,
  predictionError,
} from '#evaluation/baselines/statistics/crane-estimators.ts';
import { fourier } from '#evaluation/baselines/statistics/fourier.ts';
import { realSignal } from '#evaluation/baselines/statistics/real-signal.ts';

const DAY = 96;
const daily = (days: number, phase = 0) =>
  Float64Array.from({ length: days * DAY }, (_, k) =>
    Math.max(0, 4 + 3 * Math.sin((2 * Math.PI * (k + phase)) / DAY)),
  );

describe('fourier', () => {
  it('agrees with its definition as a sum, for any length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (values) => {
          const re = Float64Array.from(values);
          const got = fourier({ re, im: new Float64Array(re.length) });
          for (let k = 0; k < re.length; k++) {
            const angle = (n: number) => (-2 * Math.PI * k * n) / re.length;
            const real = values.reduce((sum, value, n) => sum + value * Math.cos(angle(n)), 0);
            const imaginary = values.reduce((sum, value, n) => sum + value * Math.sin(angle(n)), 0);
            expect(got.re[k]).toBeCloseTo(real, 8);
            expect(got.im[k]).toBeCloseTo(imaginary, 8);
          }
          const back = fourier(got, 1).re.map((sum) => sum / re.length);
          back.forEach((value, k) => expect(value).toBeCloseTo(values[k]!, 9));
        },
      ),
    );
  });
});

describe('realSignal', () => {
  it('is the real signal of a lower half of frequencies, for even and odd lengths', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (values) => {
          const { length } = values;
          const { re, im } = fourier({
            re: Float64Array.from(values),
            im: new Float64Array(length),
          });
          const bins = Math.floor(length / 2) + 1;
          const signal = realSignal({ re: re.subarray(0, bins), im: im.subarray(0, bins) }, length);
          expect(signal).toHaveLength(length);
          signal.forEach((sum, k) => expect(sum / length).toBeCloseTo(values[k]!, 9));
        },
      ),
    );
  });
});

describe('crane', () => {
  it('finds the day in a daily pattern and no period in noise', () => {
    const random = createRandom(7);
    const noise = Float64Array.from({ length: 6 * DAY }, () => random());
    expect(isPeriodic(daily(6), DAY, 16)).toBe(true);
    expect(isPeriodic(noise, DAY, 16)).toBe(false);
    expect(isPeriodic(new Float64Array(6 * DAY), DAY, 16)).toBe(false);
  });

  it('estimates the next period with the margin that was best on the last one', () => {
    const estimate = estimatePeriod(daily(4), { period: DAY, stepSeconds: 900 });
    const next = daily(1);
    // The shape repeats exactly, so the smallest margin, 1 %, wins.
    estimate.forEach((value, k) => expect(value).toBeCloseTo(1.01 * next[k]!, 6));
  });

  it('penalizes a shortage more than an excess', () => {
    const one = Float64Array.from([1, 0, 2]);
    expect(predictionError(one, Float64Array.from([1.25, 9, 2.5]))).toBeCloseTo(0.25, 12);
    expect(predictionError(one, Float64Array.from([0.8, 9, 1.6]))).toBeCloseTo(1, 12);
  });

  it('holds the peak of the next hour before it is needed, and is reactive without a period', () => {
    const demand = daily(6);
    const baselineContext = {
      demand,
      stepSeconds: 900,
      startSeconds: 0,
      warmUpHorizon: 2,
      fromStep: 4 * DAY,
      objective: 1,
    };
    const steer = craneDsp.steer(baselineContext, 0.7);
    const group = { desired: 1, inService: 1 };
    const wanted = steer(4 * DAY, group)!;
    const peak = Math.max(...demand.subarray(4 * DAY, 4 * DAY + 4));
    expect(wanted).toBe(Math.ceil((1.01 * peak) / 0.7 - 1e-6));
    const flat = Float64Array.from({ length: 6 * DAY }, () => 2.1);
    expect(craneDsp.steer({ ...baselineContext, demand: flat }, 0.7)(4 * DAY, group)).toBe(3);
  });
});
