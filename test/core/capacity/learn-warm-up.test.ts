import { describe, expect, it } from 'vitest';
import { learnWarmUp } from '#core/capacity/learn-warm-up.ts';

describe('learnWarmUp', () => {
  it('uses the configured time until five starts were observed', () => {
    expect(learnWarmUp([100, 100, 100, 100], 600)).toBe(600);
    expect(learnWarmUp([100, 100, 100, NaN, 100], 600)).toBe(600);
  });

  it('uses the time that nine of ten starts needed', () => {
    const starts = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110];
    expect(learnWarmUp(starts, 600)).toBe(100);
    expect(learnWarmUp(starts.toReversed(), 600)).toBe(100);
  });
});
