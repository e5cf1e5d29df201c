import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRings, ringQuantiles } from '#models/families/trailing-window/mixture-rings.ts';
import { rollRings } from '#models/families/trailing-window/roll-rings.ts';

const LEVELS = [0.01, 0.1, 0.5, 0.9, 0.99];

const windows = fc.uniqueArray(
  fc.record({ steps: fc.integer({ min: 1, max: 40 }), weight: fc.integer({ min: 1, max: 5 }) }),
  { minLength: 1, maxLength: 4, selector: ({ steps }) => steps },
);

describe('ringQuantiles', () => {
  it('agrees with the weighted quantiles of NumPy (test/golden/models/weighted-quantiles.json)', () => {
    const golden = JSON.parse(
      readFileSync('test/golden/models/weighted-quantiles.json', 'utf8'),
    ) as {
      readonly windows: readonly { readonly steps: number; readonly weight: number }[];
      readonly levels: readonly number[];
      readonly cases: readonly {
        readonly values: readonly number[];
        readonly quantiles: readonly number[];
      }[];
    };
    const rings = createRings(golden.windows, golden.levels);
    expect(golden.cases.length).toBeGreaterThan(3);
    for (const { values, quantiles } of golden.cases) {
      const out = new Float64Array(golden.levels.length);
      ringQuantiles(Float64Array.from(values), rings, out);
      expect(Array.from(out)).toEqual(quantiles);
    }
  });

  it('weighs every window by its share', () => {
    const rings = createRings(
      [
        { steps: 2, weight: 1 },
        { steps: 8, weight: 1 },
      ],
      [0.3, 0.4, 0.625, 0.7],
    );
    const out = new Float64Array(4);
    // Six zeros of 1/16 each, then a 5 and a 9 of 5/16 each: cumulated 0.375, 0.6875 and 1.
    ringQuantiles(Float64Array.of(0, 0, 0, 0, 0, 0, 9, 5), rings, out);
    expect(Array.from(out)).toEqual([0, 5, 5, 9]);
  });
});

describe('rollRings', () => {
  it('gives the same quantiles as sorting at every origin', () => {
    fc.assert(
      fc.property(
        windows,
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 60, maxLength: 400 }),
        fc.integer({ min: 1, max: 7 }),
        (chosen, list, stride) => {
          const rings = createRings(chosen, LEVELS);
          const values = Float64Array.from(list);
          const roll = rollRings(values, rings);
          const [rolled, sorted] = [new Float64Array(5), new Float64Array(5)];
          for (let end = rings.length; end <= values.length; end += stride) {
            roll(end, rolled);
            ringQuantiles(values.slice(end - rings.length, end), rings, sorted);
            expect(rolled).toEqual(sorted);
          }
        },
      ),
    );
  });

  it('refuses an origin before the last one', () => {
    const roll = rollRings(new Float64Array(20), createRings([{ steps: 4, weight: 1 }], LEVELS));
    roll(10, new Float64Array(5));
    expect(() => roll(9, new Float64Array(5))).toThrow(RangeError);
  });
});
