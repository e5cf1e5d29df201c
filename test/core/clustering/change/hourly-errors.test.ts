import { describe, expect, it } from 'vitest';
import {
  errorsByGroup,
  errorsByPast,
  groupHours,
  smallerErrors,
} from '#core/clustering/change/hourly-errors.ts';
import { hoursOfDays } from '#core/clustering/change/hours-of-days.ts';
import { windowOf } from '../windows.ts';

/** Two days by hour, the second one with ten times the level of the first. */
const rising = windowOf(
  { cpu: (seconds) => (1 + ((seconds / 3600) % 2)) * (seconds % (2 * 86_400) < 86_400 ? 1 : 10) },
  { days: 2, stepSeconds: 3600 },
);

describe('hoursOfDays', () => {
  it('divides every hour by the mean of its day, whatever the level', () => {
    const hours = hoursOfDays(rising, ['cpu']);
    expect(hours).toHaveLength(48);
    expect([...hours].every((hour, k) => Math.abs(hour - (k % 2 ? 2 : 1) / 1.5) < 1e-9)).toBe(true);
  });

  it('is unknown where nothing was measured, and on a day without use', () => {
    const window = windowOf({ cpu: (seconds) => (seconds % 7200 === 0 ? NaN : 0) });
    expect(hoursOfDays(window, ['cpu', 'memory']).every(Number.isNaN)).toBe(true);
  });
});

describe('hourly errors', () => {
  const flat = Float64Array.of(1, 1, 1, NaN);
  const steep = Float64Array.of(0.5, 1.5, 1, 1);

  it('compare a member with the others of its group only', () => {
    const group = groupHours([flat, steep]);
    const options = { resources: 1, isMember: true };
    expect([...errorsByGroup(flat, group, options)]).toEqual([0.5, 0.5, 0, NaN]);
    expect(errorsByGroup(flat, groupHours([flat]), options).every(Number.isNaN)).toBe(true);
  });

  it('are means over the resources that were measured', () => {
    const two = Float64Array.of(1, 1, 3, NaN);
    const group = groupHours([Float64Array.of(1, 2, 1, 5)]);
    const options = { resources: 2, isMember: false };
    expect([...errorsByGroup(two, group, options)]).toEqual([1, 1]);
  });

  it('compare a day with the days before it', () => {
    const hours = hoursOfDays(rising, ['cpu']);
    const errors = errorsByPast(hours, 1);
    expect(errors.subarray(0, 24).every(Number.isNaN)).toBe(true);
    expect(errors.subarray(24).every((error) => error < 1e-9)).toBe(true);
    expect(
      smallerErrors(
        errors,
        errors.map(() => 1),
      )
        .subarray(0, 24)
        .every(Number.isNaN),
    ).toBe(true);
  });
});
