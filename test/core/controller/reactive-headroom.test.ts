import { expect, it } from 'vitest';
import { reactiveShare } from '#core/controller/reactive-headroom.ts';

it('lets 70 % of the capacity be used, or five sixths of what may be used', () => {
  expect(reactiveShare(1, null)).toBe(0.7);
  expect(reactiveShare(0.85, null)).toBeCloseTo(0.7 / 0.85, 12);
  expect(reactiveShare(0.5, null)).toBeCloseTo(1 / 1.2, 12);
});

it('follows the target of the policy where it is known, up to all that may be used', () => {
  expect(reactiveShare(0.85, 0.8)).toBeCloseTo(0.8 / 0.85, 12);
  expect(reactiveShare(0.85, 0.5)).toBeCloseTo(0.5 / 0.85, 12);
  expect(reactiveShare(0.85, 0.9)).toBe(1);
});
