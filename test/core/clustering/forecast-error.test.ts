import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  errorByGroup,
  errorByItself,
  groupDays,
  isWorthMoving,
  partitionError,
} from '#core/clustering/forecast-error.ts';
import { halfDays, type HalfDays } from '#core/clustering/shape/half-days.ts';
import { humpedCpu, windowOf } from './windows.ts';

const daysOf = (peak: number, level: number, seed: number): HalfDays =>
  halfDays(humpedCpu(peak, level, seed), ['cpu']);

describe('halfDays', () => {
  it('has the mean day of each half of the days, at any level', () => {
    // Monday 2026-01-05 is day 20,458 since the epoch, an even one.
    const window = windowOf({
      cpu: (seconds) => {
        const [day, hour] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / 3600)];
        return day % 2 === 0 ? 1 + (hour < 12 ? 2 : 0) : 7;
      },
    });
    const { even, odd } = halfDays(window, ['cpu', 'memory']);
    expect([...even.subarray(0, 24)]).toEqual(
      Array.from({ length: 24 }, (_, hour) => (hour < 12 ? 1.5 : 0.5)),
    );
    expect([...odd.subarray(0, 24)]).toEqual(new Array(24).fill(1));
    expect([...even.subarray(24), ...odd.subarray(24)].every(Number.isNaN)).toBe(true);
  });

  it('is unknown where nothing was used', () => {
    const { even } = halfDays(windowOf({ cpu: () => 0 }), ['cpu']);
    expect(even.every(Number.isNaN)).toBe(true);
  });
});

describe('errorByGroup', () => {
  const early = [daysOf(6, 1, 1), daysOf(6, 40, 2), daysOf(6, 3, 3)];
  const late = [daysOf(18, 1, 4), daysOf(18, 40, 5)];

  it('is small for those that go the same way, whatever their levels', () => {
    const [byOwn, byOther] = [groupDays(early), groupDays(late)].map((group, k) =>
      errorByGroup(early[0]!, group, k === 0),
    );
    expect(byOwn).toBeLessThan(0.1);
    expect(byOther).toBeGreaterThan(0.5);
    expect(isWorthMoving(byOwn!, byOther!)).toBe(true);
    expect(isWorthMoving(byOther!, byOwn!)).toBe(false);
  });

  it('does not know a member by itself', () => {
    expect(errorByGroup(early[0]!, groupDays([early[0]!]), true)).toBeNaN();
    const others = groupDays(early.slice(1));
    const taken = errorByGroup(early[0]!, groupDays(early), true);
    expect(taken).toBeCloseTo(errorByGroup(early[0]!, others, false), 9);
  });

  it('is no reason to move where it is unknown', () => {
    expect(isWorthMoving(NaN, 1)).toBe(false);
    expect(isWorthMoving(0, NaN)).toBe(false);
  });

  it('is less of a partition by shape than of one that mixes them', () => {
    const days = [...early, ...late];
    const byShape = partitionError(days, Int32Array.of(0, 0, 0, 1, 1));
    const mixed = partitionError(days, Int32Array.of(0, 1, 0, 1, 1));
    expect(byShape).toBeLessThan(mixed);
    expect(partitionError(days, Int32Array.of(-1, -1, -1, 1, 1))).toBeCloseTo(
      (errorByGroup(late[0]!, groupDays(late), true) +
        errorByGroup(late[1]!, groupDays(late), true)) /
        2,
      9,
    );
    expect(partitionError(days.slice(0, 1), Int32Array.of(0))).toBe(errorByItself(days[0]!));
  });

  it('does not depend on the order of the members', () => {
    const all = [...early, ...late];
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(errorByGroup(all[0]!, groupDays(shuffled), true)).toBeCloseTo(
          errorByGroup(all[0]!, groupDays(all), true),
          9,
        );
      }),
    );
  });
});
