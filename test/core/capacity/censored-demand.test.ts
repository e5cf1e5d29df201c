import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certainPart, demandBehind } from '#core/capacity/censored-demand.ts';

const amount = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('demandBehind', () => {
  it('takes a use well below the capacity for the demand', () => {
    fc.assert(
      fc.property(amount, share, (capacity, part) => {
        const used = 0.94 * part * capacity;
        expect(demandBehind(used, capacity)).toBe(used);
      }),
    );
  });

  it('takes a full use for at least what target tracking at 70 % would', () => {
    fc.assert(
      fc.property(amount, (capacity) => {
        expect(demandBehind(capacity, capacity)).toBeGreaterThanOrEqual(
          capacity / 0.7 - 1e-9 * capacity,
        );
      }),
    );
  });

  it('never falls as use grows, and is never below it', () => {
    fc.assert(
      fc.property(amount, share, share, (capacity, a, b) => {
        const [less, more] = [Math.min(a, b) * capacity, Math.max(a, b) * capacity];
        expect(demandBehind(more, capacity)).toBeGreaterThanOrEqual(demandBehind(less, capacity));
        expect(demandBehind(more, capacity)).toBeGreaterThanOrEqual(more);
      }),
    );
  });

  it('says nothing of a capacity that is not known', () => {
    expect(demandBehind(3, 0)).toBe(3);
    expect(demandBehind(3, NaN)).toBe(3);
  });
});

describe('certainPart', () => {
  it('is what was measured of an estimate, and at most the capacity', () => {
    fc.assert(
      fc.property(amount, fc.double({ min: 0.951, max: 1, noNaN: true }), (capacity, part) => {
        const certain = certainPart(demandBehind(part * capacity, capacity), capacity)!;
        expect(certain).toBeGreaterThanOrEqual(part * capacity * (1 - 1e-9));
        expect(certain).toBeLessThanOrEqual(capacity);
      }),
    );
  });

  it('is null where nothing was estimated, below the capacity or far beyond it', () => {
    expect(certainPart(9, 10)).toBeNull();
    expect(certainPart(16, 10)).toBeNull();
    expect(certainPart(3, 0)).toBeNull();
    expect(certainPart(3, NaN)).toBeNull();
  });
});
