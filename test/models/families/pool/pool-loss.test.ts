import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '#models/autodiff/evaluate.ts';
import { input } from '#models/autodiff/expression.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { COMPONENT_COUNT } from '#models/families/pool/component-layout.ts';
import { poolDistributions } from '#models/families/pool/pool-distributions.ts';
import { crpsWeights, poolBatchShapes, poolLoss } from '#models/families/pool/pool-loss.ts';

const SHAPE: ForecastShape = { stepSeconds: 300, context: 600, horizon: 50, levels: [0.5] };

const values = fc
  .array(fc.integer({ min: 0, max: 40 }), { minLength: 600, maxLength: 600, size: 'max' })
  .map((numbers) => Float64Array.from(numbers));

describe('poolDistributions', () => {
  it('counts the values at or below each atom', () => {
    fc.assert(
      fc.property(values, (history) => {
        const { atoms, values: shares } = poolDistributions(history, SHAPE, { end: 600, step: 3 });
        // Window 5 has the last twelve points, window 0 only the last one.
        for (const [component, points] of [
          [0, 1],
          [4, 12],
          [9, 288],
        ] as const) {
          const recent = history.slice(600 - points);
          atoms.forEach((atom, k) => {
            const below = recent.filter((value) => value <= atom).length / points;
            // A value between two atoms is counted at the upper one.
            expect(shares[component * atoms.length + k]!).toBeLessThanOrEqual(below + 1e-12);
          });
          expect(shares[(component + 1) * atoms.length - 1]!).toBeCloseTo(1, 12);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe('poolLoss', () => {
  it('is the continuous ranked probability score: E|X − y| − E|X − X′| / 2', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 40 }), (history, y) => {
        const { atoms, values: table } = poolDistributions(history, SHAPE, { end: 600, step: 1 });
        const steps = atoms.length - 1;
        const shapes = poolBatchShapes(1, 1, steps);
        // All weight is on the last half hour, whose points are all atoms.
        const parameters = new Float64Array(COMPONENT_COUNT).fill(-60);
        parameters[3] = 0;
        const value = Math.min(atoms.at(-1)!, Math.max(atoms[0]!, y));
        const { below, above } = crpsWeights(value, atoms);
        const inputs = new Map([
          ['parameters', { data: parameters, shape: [COMPONENT_COUNT] }],
          ['knots', { data: Float64Array.of(1), shape: shapes.knots }],
          [
            'distributions',
            {
              data: table.filter((_, k) => k % atoms.length < steps),
              shape: shapes.distributions,
            },
          ],
          ['below', { data: below, shape: shapes.below }],
          ['above', { data: above, shape: shapes.above }],
        ]);
        const loss = poolLoss(input('parameters', [COMPONENT_COUNT]), shapes);
        const score = evaluate([loss])(inputs)[0]!.data[0]!;
        const points = [...history.slice(594)];
        const mean = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length;
        const near = mean(points.map((x) => Math.abs(x - value)));
        const spread = mean(points.flatMap((x) => points.map((other) => Math.abs(x - other))));
        expect(score).toBeCloseTo(near - spread / 2, 9);
      }),
      { numRuns: 50 },
    );
  });
});
