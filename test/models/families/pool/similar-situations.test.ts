import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import {
  createFindSituations,
  farthest,
  NONE,
  similarSpan,
  situationLengths,
} from '#models/families/pool/similar-situations.ts';

const SHAPE: ForecastShape = { stepSeconds: 300, context: 500, horizon: 300, levels: [0.5] };

function find(bins: Uint8Array): number[] {
  const out = new Int32Array(similarSpan(SHAPE)!.points);
  createFindSituations(SHAPE)(bins, out);
  return [...out].toSorted((a, b) => a - b);
}

describe('createFindSituations', () => {
  it('finds the nearest situations, like a plain search', () => {
    const { half, long } = situationLengths(SHAPE);
    // Values that stay for some steps, so that some situations are similar.
    const stays = fc.tuple(fc.integer({ min: 0, max: 73 }), fc.integer({ min: 1, max: 60 }));
    const runs = fc.array(stays, { minLength: 10, maxLength: 500, size: 'max' });
    fc.assert(
      fc.property(runs, (values) => {
        const bins = Uint8Array.from({ length: 500 });
        values.reduce(
          (from, [bin, length]) => (bins.fill(bin, from, from + length), from + length),
          0,
        );
        const sumBefore = (end: number, steps: number): number =>
          bins.subarray(end - steps, end).reduce((sum, bin) => sum + bin, 0);
        const difference = (end: number, steps: number): number =>
          (half * long * Math.abs(sumBefore(end, steps) - sumBefore(500, steps))) / steps;
        const distance = (end: number): number =>
          difference(end, 1) + difference(end, half) + difference(end, long);
        // The values after a situation are within the context for the whole span.
        const { last, points } = similarSpan(SHAPE)!;
        const expected = Array.from({ length: 500 - last + 1 - long }, (_, one) => long + one)
          .toSorted((a, b) => distance(a) - distance(b) || b - a)
          .slice(0, points)
          .map((end) => (distance(end) <= farthest(SHAPE) ? end : NONE));
        expect(find(bins)).toEqual(expected.toSorted((a, b) => a - b));
      }),
      { numRuns: 30 },
    );
  });

  it('takes the newest of equally near situations', () => {
    const near = find(new Uint8Array(500).fill(3));
    expect(near).toEqual(Array.from({ length: 60 }, (_, k) => 500 - 48 - 59 + k));
  });

  it('has no span if the context holds no situation', () => {
    expect(similarSpan({ ...SHAPE, context: 70 })).toBeNull();
    expect(similarSpan({ ...SHAPE, context: 100 })).toEqual({ last: 48, points: 7 });
    expect(similarSpan({ ...SHAPE, horizon: 20 })).toEqual({ last: 20, points: 60 });
    expect(similarSpan({ ...SHAPE, stepSeconds: 86_400 })).toBeNull();
  });
});
