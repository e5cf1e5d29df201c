import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from '#evaluation/clustering/rand-index.ts';

describe('adjustedRandIndex', () => {
  it('gives what sklearn.metrics.adjusted_rand_score gives', () => {
    const of = (a: string, b: string) => adjustedRandIndex([...a], [...b]);
    expect(of('aabb', 'aabc')).toBeCloseTo(0.5714285714, 9);
    expect(of('aabb', 'abab')).toBeCloseTo(-0.5, 9);
    expect(of('aaaa', 'abcd')).toBe(0);
    expect(of('aaaa', 'bbbb')).toBe(1);
    expect(of('abcd', 'dcba')).toBe(1);
  });

  it('depends on neither the names of the labels nor the order of the items', () => {
    const pair = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y', 'z'));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 2 }), (items) => {
        const index = (rows: readonly (readonly [string, string])[]) =>
          adjustedRandIndex(
            rows.map(([a]) => a),
            rows.map(([, b]) => b),
          );
        const renamed = items.map(([a, b]) => [`other ${b}`, a] as const);
        expect(index(renamed.toReversed())).toBeCloseTo(index(items), 9);
        expect(index(items)).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });

  it('refuses partitions of different sizes', () => {
    expect(() => adjustedRandIndex(['a'], [])).toThrow(/1 and 0 items/);
  });
});
