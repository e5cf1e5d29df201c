import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastSquares } from '#models/optimise/least-squares.ts';
import { nelderMead } from '#models/optimise/nelder-mead.ts';
import { quasiNewton } from '#models/optimise/quasi-newton.ts';

/** No numbers so small that 5 % of them vanish. */
const coordinate = fc.integer({ min: -30, max: 30 }).map((tenths) => tenths / 10);

/** A bent valley (Rosenbrock) with its lowest point at (a, a²). */
const valley =
  (a: number) =>
  ([x = 0, y = 0]: Float64Array): number =>
    (a - x) ** 2 + 10 * (y - x * x) ** 2;

describe('nelderMead', () => {
  const searchFrom = (a: number, x: number, y: number): Float64Array =>
    nelderMead({
      objective: valley(a),
      start: Float64Array.of(x, y),
      lower: Float64Array.of(-20, -20),
      upper: Float64Array.of(20, 20),
      tolerance: 1e-12,
      iterations: 2000,
    }).point;

  it.each([
    [1, -1.2, 1],
    [1, 0, 0],
    [2, -2, 3],
    [-1.5, 2, 2],
  ])('finds the end of a bent valley: %d from (%d, %d)', (a, x, y) => {
    const point = searchFrom(a, x, y);
    expect(point[0]).toBeCloseTo(a, 3);
    expect(point[1]).toBeCloseTo(a * a, 3);
  });

  // A simplex may collapse before the end of a valley (Torczon 1989), so from anywhere only this holds.
  it('never ends higher than it began', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, (a, x, y) => {
        const lowest = valley(a)(searchFrom(a, x, y));
        expect(lowest).toBeLessThanOrEqual(valley(a)(Float64Array.of(x, y)));
      }),
      { numRuns: 50 },
    );
  });

  it('stays in its box and leaves the start alone', () => {
    const start = Object.freeze([2, 2]);
    const box = { lower: Float64Array.of(1, 1), upper: Float64Array.of(3, 3) };
    const objective = (point: Float64Array): number => {
      point.forEach((value) => expect(value).toBeGreaterThanOrEqual(1));
      point.forEach((value) => expect(value).toBeLessThanOrEqual(3));
      return (point[0]! + 5) ** 2 + (point[1]! - 9) ** 2;
    };
    const settings = { tolerance: 1e-10, iterations: 500 };
    const found = nelderMead({ objective, start: Float64Array.from(start), ...box, ...settings });
    expect(found.point[0]).toBeCloseTo(1, 4);
    expect(found.point[1]).toBeCloseTo(3, 4);
  });
});

describe('quasiNewton', () => {
  it('finds the end of a bent valley from anywhere', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, (a, x, y) => {
        const { point } = quasiNewton({
          objective: (at, gradient) => {
            const [p, q] = [at[0]!, at[1]!];
            gradient[0] = -2 * (a - p) - 40 * p * (q - p * p);
            gradient[1] = 20 * (q - p * p);
            return valley(a)(at);
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

  it('steps back from where the function is not defined', () => {
    const { point } = quasiNewton({
      objective: (at, gradient) => {
        gradient[0] = 1 - 1 / at[0]!;
        return at[0]! > 0 ? at[0]! - Math.log(at[0]!) : Infinity;
      },
      start: Float64Array.of(30),
      tolerance: 1e-14,
      iterations: 200,
    });
    expect(point[0]).toBeCloseTo(1, 5);
  });
});

describe('leastSquares', () => {
  it('finds the coefficients a target was made of', () => {
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

  it('says so where columns tell the same, unless they are penalised', () => {
    const column = Float64Array.of(1, 2, 3);
    expect(leastSquares([column, column], column)).toBeNull();
    const [a, b] = leastSquares([column, column], column, Float64Array.of(1e-3, 1e-3))!;
    expect(a).toBeCloseTo(0.5, 3);
    expect(b).toBeCloseTo(0.5, 3);
  });
});
