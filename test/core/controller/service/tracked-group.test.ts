import { describe, expect, it } from 'vitest';
import {
  NEW_TRACKED_GROUP,
  trackStep,
  type TrackedGroup,
  type TrackingRule,
} from '#core/controller/service/tracked-group.ts';

const shared = { share: 0.8, usable: 0.85, endsAtCapacity: true, stepSeconds: 300 };

function after(rule: TrackingRule, uses: readonly number[], held: number): number | null {
  return uses.reduce<TrackedGroup>(
    (before, used) => trackStep(before, { used, held, rule, ...shared }),
    { ...NEW_TRACKED_GROUP, desired: held },
  ).desired;
}

describe('what target tracking wants by alarms', () => {
  it('grows at once above the target', () => {
    expect(after('alarms', [8.1], 10)).toBe(11);
    expect(after('alarms', [8], 10)).toBe(10);
  });

  it('falls to the newest use after fifteen minutes below nine tenths of the target', () => {
    expect(after('alarms', [7, 7], 10)).toBe(10);
    expect(after('alarms', [7, 6, 4], 10)).toBe(5);
    expect(after('alarms', [7, 7, 7.5, 7, 7], 10)).toBe(10);
  });

  it('does not fall while something starts', () => {
    const before = { desired: 12, lowSteps: 9, needs: [] };
    const { desired } = trackStep(before, { used: 2, held: 10, rule: 'alarms', ...shared });
    expect(desired).toBe(12);
  });
});

describe('what target tracking wants by points', () => {
  it('holds the largest need of the last three points', () => {
    expect(after('points', [8.1], 10)).toBe(11);
    expect(after('points', [8.1, 4, 4], 20)).toBe(11);
    expect(after('points', [8.1, 4, 4, 4], 20)).toBe(5);
  });
});

it.each(['points', 'alarms'] as const)('sees no more use than there is capacity, by %s', (rule) => {
  // 10 instances of which 85 % may be used show 11.8 at most.
  expect(after(rule, [40], 10)).toBe(15);
});

it('sees all use where that does not end at the capacity', () => {
  const step = { ...shared, used: 40, held: 10, rule: 'points' as const, endsAtCapacity: false };
  expect(trackStep(NEW_TRACKED_GROUP, step).desired).toBe(50);
});
