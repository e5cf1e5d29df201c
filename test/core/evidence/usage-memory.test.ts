import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WeightedSamples } from '#core/evidence/sampled-use.ts';
import type { SimilarUse } from '#core/evidence/similar-use.ts';
import { createUsageMemory } from '#core/evidence/usage-memory.ts';

const options = { unit: 1, stepsPerDay: 24, warmUpHorizon: 3, capacity: 400 };

function remembered(values: readonly number[]) {
  const memory = createUsageMemory(options);
  values.forEach((value) => memory.push(value));
  return memory;
}

/**
 * Uses after similar situations. They are copied because the memory's own arrays change with the
 * next step.
 */
function uses({ values, newest, weights, count }: WeightedSamples, ahead = 0): number[] {
  return weights.slice(0, count).flatMap((weight, k) => {
    return weight > 0 ? [values[newest + ahead - k]!] : [];
  });
}

function copyOf({ situations, daily }: SimilarUse) {
  return {
    daily,
    uses: situations && [0, 1, 2].map((ahead) => uses(situations, ahead)),
    weights: situations?.weights.slice(0, situations.count),
    total: situations?.total,
  };
}

describe('a usage memory', () => {
  it('finds what followed similar situations: after a burst to 9 came 4, then 0', () => {
    const values = Array.from({ length: 24 * 14 }, (_, k) => [9, 4][k % 7] ?? 0);
    const situations = remembered(values.slice(0, values.lastIndexOf(9) + 1)).similarUse(
      2,
    ).situations!;
    expect(new Set(uses(situations))).toEqual(new Set([4]));
    expect(new Set(uses(situations, 1))).toEqual(new Set([0]));
    // Similar situations of the last two weeks: 48 bursts, each with a weight of at most 1.
    expect(situations.total).toBeGreaterThan(20);
    expect(situations.total).toBeLessThan(48);
  });

  it('gives the largest use around the same time of day, the busiest day last', () => {
    const values = Array.from({ length: 24 * 8 }, (_, k) =>
      k % 24 === 5 ? Math.floor(k / 24) : 0,
    );
    const daily = remembered(values.slice(0, 24 * 7 + 4)).similarUse(1).daily[0];
    // Four o'clock, within one step, on days 6 to 0.
    expect(daily).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('replaces a gap by the use before it, and gives nothing for an empty history', () => {
    const days = Array.from({ length: 24 * 3 }, (_, k) => (k % 5 === 0 ? NaN : k % 7));
    const filled = days.map((value, k) => (Number.isNaN(value) ? (days[k - 1] ?? 0) : value));
    expect(copyOf(remembered(days).similarUse(3))).toEqual(
      copyOf(remembered(filled).similarUse(3)),
    );
    expect(createUsageMemory(options).similarUse(1)).toEqual({ situations: null, daily: [[]] });
  });

  it('tells the use of each step that it remembers, newest first', () => {
    const memory = remembered([5, NaN, 7]);
    expect([0, 1, 2, 3, 4].map((ago) => memory.useAgo(ago))).toEqual([null, 7, 5, 5, null]);
  });

  it('refuses more steps than it has room for', () => {
    const full = createUsageMemory({ ...options, capacity: 1 });
    full.push(3);
    expect(() => full.push(4)).toThrow('a memory of 1 steps is full');
  });

  it('never looks ahead: the result does not change with later steps', () => {
    const series = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), {
      minLength: 60,
      maxLength: 120,
    });
    fc.assert(
      fc.property(series, (values) => {
        const memory = remembered(values);
        const before = copyOf(memory.similarUse(3));
        [1, 50, 3].forEach((value) => memory.push(value));
        expect(copyOf(remembered(values).similarUse(3))).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});
