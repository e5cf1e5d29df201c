import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Design } from '#models/families/linear-quantile/design-sums.ts';
import { quantileRegression } from '#models/families/linear-quantile/quantile-regression.ts';
import { empiricalQuantile } from '#models/numeric/empirical-quantile.ts';
import { seededRandom } from '#test/models/synthetic-series.ts';

const OPTIONS = { roundings: [2, 0.5, 0.15, 0.03], steps: 20, ridge: 0 };

/**
 * y = 1 + 2a − b + (0.5 + a) · u with a, b, u uniform in [0, 1): its quantile at p is 1 + 0.5p + (2
 * + p) a − b.
 */
function spreadingDesign(rows: number, seed: number): Design {
  const random = seededRandom(seed);
  const features = new Float64Array(rows * 3);
  const targets = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const [a, b] = [random(), random()];
    features.set([1, a, b], row * 3);
    targets[row] = 1 + 2 * a - b + (0.5 + a) * random();
  }
  return { rows, columns: 3, features, targets };
}

function pinball({ rows, features, targets }: Design, level: number, c: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    const at = row * c.length;
    const fitted = c.reduce((total, value, k) => total + value * features[at + k]!, 0);
    const residual = targets[row]! - fitted;
    sum += residual * (level - (residual < 0 ? 1 : 0));
  }
  return sum;
}

describe('quantileRegression', () => {
  it.each([0.1, 0.5, 0.9])(
    'finds the coefficients of the quantile %d where spread grows',
    (level) => {
      const coefficients = new Float64Array(3);
      quantileRegression(spreadingDesign(20_000, 3), { ...OPTIONS, level }, coefficients);
      const expected = [1 + 0.5 * level, 2 + level, -1];
      coefficients.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 1));
    },
  );

  it('gives the empirical quantile without features', () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 30 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (list, level) => {
        const targets = Float64Array.from(list);
        const rows = targets.length;
        const design = { rows, columns: 1, features: new Float64Array(rows).fill(1), targets };
        const coefficients = new Float64Array(1);
        quantileRegression(design, { ...OPTIONS, level }, coefficients);
        const best = Float64Array.of(empiricalQuantile(targets, level));
        const spread = targets.reduce((sum, y) => sum + Math.abs(y - best[0]!), 0);
        const excess = pinball(design, level, coefficients) - pinball(design, level, best);
        expect(excess).toBeLessThanOrEqual(0.03 * spread + 1e-6);
      }),
      { numRuns: 50 },
    );
  });

  it('has no larger loss than any coefficients near it', () => {
    const design = spreadingDesign(400, 5);
    const random = seededRandom(9);
    for (const level of [0.2, 0.5, 0.8]) {
      const coefficients = new Float64Array(3);
      quantileRegression(design, { ...OPTIONS, level }, coefficients);
      const fittedLoss = pinball(design, level, coefficients);
      for (let trial = 0; trial < 200; trial++) {
        const moved = coefficients.map((value) => value + 0.2 * (random() - 0.5));
        expect(fittedLoss).toBeLessThanOrEqual(1.002 * pinball(design, level, moved));
      }
    }
  });

  it('stays finite with equal features, and shrinks them equally', () => {
    const { rows, features, targets } = spreadingDesign(300, 7);
    const doubled = new Float64Array(rows * 4);
    for (let row = 0; row < rows; row++) {
      const a = features[row * 3 + 1]!;
      doubled.set([1, a, features[row * 3 + 2]!, a], row * 4);
    }
    const coefficients = new Float64Array(4);
    const design = { rows, columns: 4, features: doubled, targets };
    quantileRegression(design, { ...OPTIONS, ridge: 1e-3, level: 0.5 }, coefficients);
    expect(coefficients[1]).toBeCloseTo(coefficients[3]!, 6);
    expect(coefficients[1]! + coefficients[3]!).toBeCloseTo(2.5, 0);
  });
});
