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

/** The uses that were found; the memory's own arrays change with the next step. */
function uses({ values, newest, weights, count }: WeightedSamples, ahead = 0): number[] {
  return weights.slice(0, count).flatMap((weight, k) => {
    return weight > 0 ? [values[newest + ahead - k]!] : [];
  });
}

function copyOf({ analogues, daily }: SimilarUse) {
  return {
    daily,
    uses: analogues && [0, 1, 2].map((ahead) => uses(analogues, ahead)),
    weights: analogues?.weights.slice(0, analogues.count),
    total: analogues?.total,
  };
}

describe('a usage memory', () => {
  it('recalls what followed the like: after a burst to 9 came 4, and nothing then', () => {
    const values = Array.from({ length: 24 * 14 }, (_, k) => [9, 4][k % 7] ?? 0);
    const analogues = remembered(values.slice(0, values.lastIndexOf(9) + 1)).recall(2).analogues!;
    expect(new Set(uses(analogues))).toEqual(new Set([4]));
    expect(new Set(uses(analogues, 1))).toEqual(new Set([0]));
    // The like of the last two weeks: 48 bursts, each counting at most once.
    expect(analogues.total).toBeGreaterThan(20);
    expect(analogues.total).toBeLessThan(48);
  });

  it('recalls the largest use around the same time of day, the busiest day last', () => {
    const values = Array.from({ length: 24 * 8 }, (_, k) =>
      k % 24 === 5 ? Math.floor(k / 24) : 0,
    );
    const daily = remembered(values.slice(0, 24 * 7 + 4)).recall(1).daily[0];
    // 4 o'clock, give or take a step, on days 6 to 0.
    expect(daily).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('takes a gap for the use before it and knows nothing of an empty history', () => {
    const days = Array.from({ length: 24 * 3 }, (_, k) => (k % 5 === 0 ? NaN : k % 7));
    const filled = days.map((value, k) => (Number.isNaN(value) ? (days[k - 1] ?? 0) : value));
    expect(copyOf(remembered(days).recall(3))).toEqual(copyOf(remembered(filled).recall(3)));
    expect(createUsageMemory(options).recall(1)).toEqual({ analogues: null, daily: [[]] });
  });

  it('refuses more steps than it has room for', () => {
    const full = createUsageMemory({ ...options, capacity: 1 });
    full.push(3);
    expect(() => full.push(4)).toThrow('a memory of 1 steps is full');
  });

  it('never looks ahead: what it recalls does not change with what comes after', () => {
    const series = fc.array(fc.double({ min: 0, max: 40, noNaN: true }), {
      minLength: 60,
      maxLength: 120,
    });
    fc.assert(
      fc.property(series, (values) => {
        const memory = remembered(values);
        const before = copyOf(memory.recall(3));
        [1, 50, 3].forEach((value) => memory.push(value));
        expect(copyOf(remembered(values).recall(3))).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});
