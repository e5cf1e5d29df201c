import { describe, expect, it } from 'vitest';
import { availableInstances } from '#core/capacity/available-instances.ts';
import { limitChange } from '#core/capacity/limit-change.ts';

const rule = {
  limits: { minInstances: 2, maxInstances: 20 },
  available: 20,
  current: 10,
  mode: 'full',
  maxIncrease: null,
  maxDecrease: null,
} as const;

describe('limitChange', () => {
  it('passes a change that no rule limits', () => {
    expect([1, 7, 15, 30].map((target) => limitChange(target, rule))).toEqual([2, 7, 15, 20]);
  });

  it('takes steps as large as allowed', () => {
    const slow = { ...rule, maxIncrease: 3, maxDecrease: 1 };
    expect([5, 15].map((target) => limitChange(target, slow))).toEqual([9, 13]);
  });

  it('never exceeds what is available, except for the minimum', () => {
    expect(limitChange(15, { ...rule, available: 12 })).toBe(12);
    expect(limitChange(15, { ...rule, available: 1 })).toBe(2);
    expect(limitChange(5, { ...rule, mode: 'scale-out', available: 12 })).toBe(10);
  });
});

describe('availableInstances', () => {
  const supply = {
    maxInstances: 20,
    current: 5,
    quotaInstances: null,
    refusals: [],
    nowSeconds: 9000,
  };

  it('is the maximum, or what the quota leaves, if nothing else is known', () => {
    expect(availableInstances(supply)).toBe(20);
    expect(availableInstances({ ...supply, quotaInstances: 8 })).toBe(8);
    expect(availableInstances({ ...supply, quotaInstances: 3 })).toBe(5);
  });

  it('applies a refusal for an hour', () => {
    const refusals = [{ atSeconds: 6000, instances: 7 }];
    // One more is requested, so that new capacity is noticed.
    expect(availableInstances({ ...supply, refusals })).toBe(8);
    expect(availableInstances({ ...supply, refusals, nowSeconds: 9600 })).toBe(20);
    expect(availableInstances({ ...supply, refusals, nowSeconds: 5000 })).toBe(20);
  });
});
