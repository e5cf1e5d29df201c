import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArimaOrder } from '#models/families/arima/estimation/arima-order.ts';
import { armaCount } from '#models/families/arima/estimation/arima-order.ts';
import { armaLikelihood } from '#models/families/arima/estimation/arma-likelihood.ts';
import { polynomialsOf } from '#models/families/arima/estimation/arma-polynomials.ts';
import { difference } from '#models/families/arima/estimation/difference.ts';
import { gappyLikelihood } from '#models/families/arima/estimation/gappy-likelihood.ts';

const count = fc.integer({ min: 0, max: 2 });
const orders = fc
  .record({ p: count, d: count, q: count, seasonalP: count, seasonalQ: count })
  .map((some): ArimaOrder => ({ ...some, seasonalD: 0, season: 4, constant: some.d < 2 }));
const series = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), {
  minLength: 30,
  maxLength: 40,
});
const anyParameters = fc.array(fc.double({ min: -1.2, max: 1.2, noNaN: true }), {
  minLength: 8,
  maxLength: 8,
});

describe('armaLikelihood', () => {
  it('equals the Kalman filter that updates whole covariance matrices', () => {
    fc.assert(
      fc.property(orders, series, anyParameters, (order, made, parameters) => {
        const values = Float64Array.from(made);
        const chosen = Float64Array.from(parameters.slice(0, armaCount(order)));
        const polynomials = polynomialsOf(chosen, order);
        const fast = armaLikelihood(difference(values, order), polynomials, order.constant)!;
        const slow = gappyLikelihood(values, polynomials, order)!;
        expect(fast.n).toBe(slow.n);
        expect(fast.logVariances).toBeCloseTo(slow.logVariances, 3);
        expect(Math.abs(fast.squares - slow.squares)).toBeLessThan(1e-3 * (1 + slow.squares));
      }),
    );
  });

  it('has the closed form of a first-order autoregression', () => {
    const order = { p: 1, d: 0, q: 0, seasonalP: 0, seasonalD: 0, seasonalQ: 0, season: 1 };
    const polynomials = polynomialsOf(Float64Array.of(Math.atanh(0.5)), {
      ...order,
      constant: false,
    });
    const terms = armaLikelihood(Float64Array.of(2, 3, -1), polynomials, false)!;
    // Variance of the first value 1 ÷ (1 − 0.25); then one-step errors 3 − 1 and −1 − 1.5.
    expect(terms.logVariances).toBeCloseTo(Math.log(4 / 3), 10);
    expect(terms.squares).toBeCloseTo(4 * 0.75 + 4 + 6.25, 10);
  });
});
