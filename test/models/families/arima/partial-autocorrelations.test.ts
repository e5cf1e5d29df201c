import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fromPartialAutocorrelations,
  rootsOutside,
  toPartialAutocorrelations,
} from '#models/families/arima/estimation/partial-autocorrelations.ts';

const partials = fc.array(fc.double({ min: -0.95, max: 0.95, noNaN: true }), { maxLength: 6 });

describe('partial autocorrelations', () => {
  it('come back from the coefficients they make', () => {
    fc.assert(
      fc.property(partials, (made) => {
        const found = toPartialAutocorrelations(
          fromPartialAutocorrelations(Float64Array.from(made)),
        );
        expect(found).not.toBeNull();
        made.forEach((value, k) => expect(found![k]).toBeCloseTo(value, 6));
      }),
    );
  });

  it('tell a root by its radius', () => {
    // (1 − z/1.25)(1 + z/2): roots at 1.25 and −2.
    const phi = Float64Array.of(1 / 1.25 - 1 / 2, 1 / (1.25 * 2));
    expect(rootsOutside(phi, 1.2)).toBe(true);
    expect(rootsOutside(phi, 1.3)).toBe(false);
    expect(rootsOutside(Float64Array.of(1), 1)).toBe(false);
  });
});
