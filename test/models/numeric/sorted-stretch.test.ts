import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSortedStretch } from '#models/numeric/sorted-stretch.ts';

describe('createSortedStretch', () => {
  it('holds at every end the sorted values, with equal values and jumps', () => {
    const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 80 });
    const leaps = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 30 });
    fc.assert(
      fc.property(values, leaps, fc.integer({ min: 1, max: 6 }), (list, steps, length) => {
        const all = Int32Array.from(list);
        const sortedBefore = createSortedStretch(all, length);
        let end = length;
        for (const step of steps) {
          if (end > all.length) break;
          expect([...sortedBefore(end)]).toEqual([...all.slice(end - length, end).sort()]);
          end += step;
        }
      }),
    );
  });

  it('refuses an end that decreases or has too few values before it', () => {
    const sortedBefore = createSortedStretch(Int32Array.of(5, 1, 4, 2), 2);
    expect(() => sortedBefore(1)).toThrow(RangeError);
    expect([...sortedBefore(4)]).toEqual([2, 4]);
    expect(() => sortedBefore(3)).toThrow('cannot forecast at 3 after 4');
  });
});
