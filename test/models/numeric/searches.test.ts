import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centralDifferences } from '#models/numeric/central-differences.ts';
import { leastSquares } from '#models/numeric/least-squares.ts';
import { quasiNewton } from '#models/numeric/quasi-newton.ts';

/** Coordinates large enough that 5 % of them is not lost to rounding. */
const coordinate = fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10);

/** A bent valley (Rosenbrock) with its minimum at (a, a²). */
const valley =
  (a: number) =>
  ([x = 0, y = 0]: Float64Array): number =>
    (a - x) ** 2 + 10 * (y - x * x) ** 2;

describe('quasiNewton', () => {
  it('finds the minimum of a bent valley from any start', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, (a, x, y) => {
        const { point } = quasiNewton({
          objective: valley(a),
          gradient: (at, out) => {
            const [p, q] = [at[0]!, at[1]!];
            out[0] = -2 * (a - p) - 40 * p * (q - p * p);
            out[1] = 20 * (q - p * p);
          },
          start: Float64Array.of(x, y),
          tolerance: 1e-14,
          iterations: 1000,
        });
        expect(point[0]).toBeCloseTo(a, 4);
        expect(point[1]).toBeCloseTo(a * a, 4);
      }),
      { numRuns: 50 },
    );
  });

  it('steps back from points where the function is not defined', () => {
    const { point } = quasiNewton({
      objective: (at) => (at[0]! > 0 ? at[0]! - Math.log(at[0]!) : Infinity),
      gradient: (at, out) => (out[0] = 1 - 1 / at[0]!),
      start: Float64Array.of(30),
      tolerance: 1e-14,
      iterations: 200,
    });
    expect(point[0]).toBeCloseTo(1, 5);
  });

  it('finds the minimum of a valley by differences, with one gradient per step', () => {
    let gradientCalls = 0;
    let called = 0;
    const objective = (at: Float64Array): number => {
      called++;
      return valley(1)(at);
    };
    const differences = centralDifferences(objective);
    const { point } = quasiNewton({
      objective,
      gradient: (at, out) => {
        gradientCalls++;
        differences(at, out);
      },
      start: Float64Array.of(-1.2, 1),
      tolerance: 1e-12,
      iterations: 200,
    });
    expect(point[0]).toBeCloseTo(1, 4);
    expect(point[1]).toBeCloseTo(1, 4);
    // A refused step costs one call, and no gradient of four calls.
    expect(called - 4 * gradientCalls).toBeGreaterThan(gradientCalls);
  });

  it('moves no coordinate further in a step than allowed', () => {
    const seen: number[] = [];
    const { point } = quasiNewton({
      objective: (at) => (at[0]! - 50) ** 2,
      gradient: (at, out) => {
        seen.push(at[0]!);
        out[0] = 2 * (at[0]! - 50);
      },
      start: Float64Array.of(0),
      tolerance: 1e-12,
      iterations: 200,
      longestMove: 2,
    });
    expect(point[0]).toBeCloseTo(50, 5);
    seen.slice(1).forEach((at, k) => expect(Math.abs(at - seen[k]!)).toBeLessThan(2 + 1e-9));
  });
});

describe('leastSquares', () => {
  it('finds the coefficients of a linear target', () => {
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 3, maxLength: 3 }), (made) => {
        const columns = [0, 1, 2].map((k) =>
          Float64Array.from({ length: 20 }, (_, t) => Math.cos((k + 1) * t * 0.7)),
        );
        const target = columns[0]!.map((_, t) =>
          made.reduce((sum, weight, k) => sum + weight * columns[k]![t]!, 0),
        );
        leastSquares(columns, target)!.forEach((weight, k) => {
          expect(weight).toBeCloseTo(made[k]!, 8);
        });
      }),
    );
  });

  it('returns null for dependent columns, unless they are penalised', () => {
    const column = Float64Array.of(1, 2, 3);
    expect(leastSquares([column, column], column)).toBeNull();
    const [a, b] = leastSquares([column, column], column, Float64Array.of(1e-3, 1e-3))!;
    expect(a).toBeCloseTo(0.5, 3);
    expect(b).toBeCloseTo(0.5, 3);
  });
});
