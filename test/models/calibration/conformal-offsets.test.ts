import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conformalOffsets } from '#models/calibration/conformal-offsets.ts';
import { selectSmallest } from '#models/numeric/select-smallest.ts';
import { seededRandom } from '#test/models/synthetic-series.ts';

describe('selectSmallest', () => {
  it('finds what sorting finds', () => {
    const list = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(list, fc.nat(), (values, seed) => {
        const rank = seed % values.length;
        const expected = Float64Array.from(values).sort()[rank]!;
        expect(selectSmallest(Float64Array.from(values), rank) === expected).toBe(true);
      }),
    );
  });

  it('refuses a rank beyond the values', () => {
    expect(() => selectSmallest(Float64Array.of(1), 1)).toThrow('no rank 1 among 1 values');
  });
});

describe('conformalOffsets', () => {
  it('takes the ranks that the finite sample asks for', () => {
    const residuals = Float64Array.from({ length: 9 }, (_, k) => 9 - k);
    const offsets = conformalOffsets({ lists: [residuals], count: 9 }, [0.1, 0.5, 0.9, 0.99]);
    expect(Array.from(offsets)).toEqual([1, 5, 9, 9]);
  });

  it('treats one list per level like one list for all levels', () => {
    const values = Float64Array.from({ length: 101 }, (_, k) => (k * 37) % 101);
    const levels = [0.05, 0.5, 0.95];
    const shared = conformalOffsets({ lists: [values.slice()], count: 101 }, levels);
    const own = conformalOffsets({ lists: levels.map(() => values.slice()), count: 101 }, levels);
    expect(own).toEqual(shared);
  });

  it('holds its levels on exchangeable data', () => {
    const random = seededRandom(5);
    const draw = () => Math.log(1 / (1 - random()));
    let below = 0;
    for (let trial = 0; trial < 2000; trial++) {
      const residuals = Float64Array.from({ length: 19 }, draw);
      const [offset] = conformalOffsets({ lists: [residuals], count: 19 }, [0.9]);
      if (draw() <= offset!) below++;
    }
    expect(below / 2000).toBeGreaterThan(0.88);
    expect(below / 2000).toBeLessThan(0.92);
  });

  it('gives zeros without residuals', () => {
    const offsets = conformalOffsets({ lists: [new Float64Array(0)], count: 0 }, [0.1, 0.9]);
    expect(Array.from(offsets)).toEqual([0, 0]);
  });
});
