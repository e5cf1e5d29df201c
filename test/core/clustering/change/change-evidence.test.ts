import { describe, expect, it } from 'vitest';
import { changeEvidence } from '#core/clustering/change/change-evidence.ts';
import { createRandom } from '#core/domain/random.ts';

const HOURS = 168;
/** One false change in a hundred weeks. */
const LIMIT = Math.log(100 * HOURS);

const errors = (at: (hour: number) => number): Float64Array =>
  Float64Array.from({ length: HOURS }, (_, hour) => at(hour));

describe('changeEvidence', () => {
  it('finds since when the other cluster forecasts better', () => {
    const own = errors((hour) => (hour < 140 ? 0.2 : 1));
    const other = errors((hour) => (hour < 140 ? 1 : 0.2));
    const { now, sinceHour, before } = changeEvidence(own, own, other);
    expect(now).toBeGreaterThan(LIMIT);
    expect(sinceHour).toBe(140);
    expect(before).toBe(0);
  });

  it('finds until when the other cluster forecast better', () => {
    const own = errors((hour) => (hour < 60 ? 1 : 0.2));
    const other = errors((hour) => (hour < 60 ? 0.2 : 1));
    const { now, before, untilHour } = changeEvidence(own, own, other);
    expect(before).toBeGreaterThan(LIMIT);
    expect(untilHour).toBe(60);
    expect(now).toBe(0);
  });

  it('takes nothing from hours that are not known, nor from errors that are noise', () => {
    const own = errors((hour) => (hour < 100 ? 0.002 : 1));
    const other = errors((hour) => (hour < 100 ? 0.001 : NaN));
    const { now, before } = changeEvidence(own, own, other);
    expect(Math.max(now, before)).toBeLessThan(1);
  });

  it('reaches the limit no more often than once in a hundred weeks by chance', () => {
    const random = createRandom(11);
    const weeks = Array.from({ length: 400 }, () => {
      const [own, other] = [errors(() => random()), errors(() => random())];
      return changeEvidence(own, own, other).now;
    });
    // Two errors of one distribution: no change, however the week ends.
    expect(weeks.filter((evidence) => evidence > LIMIT).length).toBeLessThanOrEqual(4);
  });
});
