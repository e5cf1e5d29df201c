import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccountGroup } from '#evaluation/account/account-group.ts';
import type { SimulatedHook } from '#evaluation/account/account-instance.ts';
import type { AccountGroup } from '#evaluation/account/group-contract.ts';

const SMALL = { name: 'small', cores: 2, weight: 1 };
const LARGE = { name: 'large', cores: 8, weight: 4 };
const LAUNCHING: SimulatedHook = {
  name: 'launching',
  transition: 'launching',
  heartbeatSeconds: 300,
  defaultResult: 'CONTINUE',
};
const TERMINATING: SimulatedHook = { ...LAUNCHING, name: 'leaving', transition: 'terminating' };

const base = {
  sizes: { min: 1, desired: 2, max: 10 },
  bootSeconds: 120,
  types: [SMALL],
  startSeconds: 0,
};

function states({ instances }: AccountGroup): readonly string[] {
  return instances.map(({ state }) => state);
}

describe('a simulated Auto Scaling group', () => {
  it('serves with a new instance once it has booted', () => {
    const group = createAccountGroup(base);
    group.advanceTo(60);
    group.update({ desired: 3 });
    group.advanceTo(179);
    expect(group.serving).toEqual({ cores: 4, instances: 2, units: 2 });
    group.advanceTo(180);
    expect(group.serving).toEqual({ cores: 6, instances: 3, units: 3 });
    expect(group.launches.at(-1)).toMatchObject({ startSeconds: 60, endSeconds: 180, from: 2 });
  });

  it('holds an instance in a hook until it is completed or its heartbeat ends', () => {
    const group = createAccountGroup({ ...base, hooks: [LAUNCHING] });
    group.update({ desired: 4 });
    const [first, second] = group.takeNotices();
    expect(states(group)).toEqual(['InService', 'InService', 'Pending:Wait', 'Pending:Wait']);
    expect(group.complete(first!.instanceId, 'launching')).toBe(true);
    expect(group.complete(first!.instanceId, 'launching')).toBe(false);
    group.advanceTo(120);
    expect(group.serving.instances).toBe(3);
    group.advanceTo(299);
    expect(group.serving.instances).toBe(3);
    group.advanceTo(300);
    expect(group.serving.instances).toBe(4);
    expect(second!.hook).toBe('launching');
  });

  it('replaces an instance whose hook is abandoned', () => {
    const group = createAccountGroup({
      ...base,
      hooks: [{ ...LAUNCHING, defaultResult: 'ABANDON' }],
    });
    group.update({ desired: 3 });
    const [notice] = group.takeNotices();
    group.advanceTo(300);
    expect(group.instances.some(({ id }) => id === notice!.instanceId)).toBe(false);
    expect(group.instances).toHaveLength(3);
  });

  it('takes an instance out of service while it waits to be terminated', () => {
    const group = createAccountGroup({ ...base, hooks: [TERMINATING] });
    group.update({ desired: 1 });
    expect(states(group)).toEqual(['InService', 'Terminating:Wait']);
    expect(group.serving.instances).toBe(1);
    group.advanceTo(300);
    expect(states(group)).toEqual(['InService']);
  });

  it('sets the sizes of scheduled actions, unless the owner suspended them', () => {
    const scheduledActions = [
      { name: 'morning', atSeconds: 600, min: 5 },
      { name: 'evening', atSeconds: 1200, min: 1, desired: 2 },
    ];
    const group = createAccountGroup({ ...base, scheduledActions });
    group.advanceTo(600);
    expect(group.sizes).toEqual({ min: 5, desired: 5, max: 10 });
    group.suspend('ScheduledActions', true);
    group.advanceTo(1200);
    expect(group.sizes.min).toBe(5);
  });

  it('tries a refused launch again', () => {
    const group = createAccountGroup({ ...base, isRefused: (at) => at < 600 });
    group.update({ desired: 3 });
    expect(group.units).toBe(2);
    expect(group.launches.at(-1)).toMatchObject({ refused: true, from: 2, to: 3 });
    group.advanceTo(660);
    expect(group.units).toBe(3);
  });

  it('launches nothing while launches are suspended', () => {
    const group = createAccountGroup(base);
    group.suspend('Launch', true);
    group.update({ desired: 4 });
    group.advanceTo(600);
    expect(group.units).toBe(2);
    group.suspend('Launch', false);
    group.advanceTo(660);
    expect(group.units).toBe(4);
  });

  it('counts sizes in units where instances have weights', () => {
    const group = createAccountGroup({
      ...base,
      types: [LARGE, SMALL],
      sizes: { min: 4, desired: 8, max: 40 },
    });
    expect(group.units).toBeGreaterThanOrEqual(8);
    expect(group.serving.cores).toBe(18);
    group.update({ desired: 5 });
    expect(group.units).toBe(5);
  });

  it('refuses a minimum above the maximum and a desired capacity outside of both', () => {
    const group = createAccountGroup(base);
    expect(() => group.update({ min: 11 })).toThrow(RangeError);
    expect(() => group.update({ desired: 11 })).toThrow(RangeError);
    expect(group.sizes).toEqual(base.sizes);
  });

  it('has as many instances as desired, within its sizes, whatever happens', () => {
    const operation = fc.oneof(
      fc.record({ kind: fc.constant('desired' as const), size: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ kind: fc.constant('min' as const), size: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ kind: fc.constant('wait' as const), size: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ kind: fc.constant('complete' as const), size: fc.constant(0) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
        const group = createAccountGroup({ ...base, hooks: [LAUNCHING, TERMINATING] });
        let now = 0;
        for (const { kind, size } of operations) {
          const { min, max } = group.sizes;
          if (kind === 'desired' && size >= min && size <= max) group.update({ desired: size });
          if (kind === 'min' && size <= max) group.update({ min: size });
          if (kind === 'wait') group.advanceTo((now += size * 60));
          if (kind === 'complete') {
            for (const { instanceId, hook } of group.takeNotices()) {
              group.complete(instanceId, hook);
            }
          }
          const { sizes } = group;
          expect(sizes.min).toBeLessThanOrEqual(sizes.desired);
          expect(sizes.desired).toBeLessThanOrEqual(sizes.max);
          expect(group.units).toBe(sizes.desired);
          expect(group.serving.instances).toBe(
            states(group).filter((state) => state === 'InService').length,
          );
          for (const { waiting } of group.instances) {
            if (waiting) expect(now - waiting.sinceSeconds).toBeLessThanOrEqual(300);
          }
        }
        // Whatever waited has ended its wait, and what booted serves.
        group.advanceTo(now + 3600);
        group.advanceTo(now + 7200);
        expect(group.serving.instances).toBe(group.sizes.desired);
      }),
    );
  });
});
