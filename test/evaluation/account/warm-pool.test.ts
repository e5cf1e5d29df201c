import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccountGroup } from '#evaluation/account/account-group.ts';
import type { SimulatedHook } from '#evaluation/account/account-instance.ts';
import type { AccountGroup } from '#evaluation/account/group-contract.ts';

const LAUNCHING: SimulatedHook = {
  name: 'launching',
  transition: 'launching',
  heartbeatSeconds: 300,
  defaultResult: 'CONTINUE',
};
const base = {
  sizes: { min: 1, desired: 2, max: 6 },
  bootSeconds: 120,
  types: [{ name: 'small', cores: 2, weight: 1 }],
  startSeconds: 0,
  warmPool: { minSize: 1, preparedUnits: 4, startSeconds: 30 },
};

const warmStates = ({ warm }: AccountGroup) => warm.map(({ state }) => state);

describe('a warm pool', () => {
  it('fills up beside the sizes, and serves within seconds', () => {
    const group = createAccountGroup(base);
    group.advanceTo(60);
    expect(warmStates(group)).toEqual(['Warmed:Pending', 'Warmed:Pending']);
    group.advanceTo(180);
    expect(warmStates(group)).toEqual(['Warmed:Stopped', 'Warmed:Stopped']);
    expect(group.serving.instances).toBe(2);
    group.update({ desired: 3 });
    group.advanceTo(210);
    expect(group.serving.instances).toBe(3);
    // Three and one: no more than its least is prepared anew.
    expect(group.warm).toHaveLength(1);
  });

  it('launches as usual where nothing is prepared', () => {
    const group = createAccountGroup(base);
    group.advanceTo(60);
    group.update({ desired: 4 });
    group.advanceTo(120);
    expect(group.serving.instances).toBe(2);
    group.advanceTo(180);
    expect(group.serving.instances).toBe(4);
  });

  it('asks the launching hook on the way in and on the way out', () => {
    const group = createAccountGroup({ ...base, hooks: [LAUNCHING] });
    group.advanceTo(60);
    const [first, second] = group.takeNotices();
    expect([first?.destination, second?.destination]).toEqual(['WarmPool', 'WarmPool']);
    expect(warmStates(group)).toEqual(['Warmed:Pending:Wait', 'Warmed:Pending:Wait']);
    expect(group.complete(first?.instanceId ?? '', 'launching')).toBe(true);
    expect(group.complete(first?.instanceId ?? '', 'launching')).toBe(false);
    group.advanceTo(240);
    expect(warmStates(group)).toEqual(['Warmed:Stopped', 'Warmed:Pending:Wait']);
    group.update({ desired: 3 });
    expect(group.takeNotices()).toMatchObject([
      { instanceId: first?.instanceId, destination: 'AutoScalingGroup' },
    ]);
    // The heartbeat of the other ends five minutes after its launch.
    group.advanceTo(360);
    expect(warmStates(group)).toEqual(['Warmed:Stopped']);
  });

  it('never counts towards the sizes, whatever happens', () => {
    const steps = fc.array(
      fc.record({
        desired: fc.integer({ min: 1, max: 6 }),
        minutes: fc.integer({ min: 1, max: 5 }),
        standby: fc.boolean(),
        back: fc.boolean(),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(steps, (changes) => {
        const group = createAccountGroup(base);
        let now = 0;
        for (const { desired, minutes, standby, back } of changes) {
          group.update({ desired });
          const serving = group.instances.find(({ state }) => state === 'InService');
          if (standby && serving) group.enterStandby(serving.id, group.sizes.desired > 1);
          const resting = group.instances.find(({ state }) => state === 'Standby');
          if (back && resting && group.sizes.desired < 6) group.exitStandby(resting.id);
          now += 60 * minutes;
          group.advanceTo(now);
          const { sizes, warm, units } = group;
          expect(units).toBe(sizes.desired);
          expect(group.serving.instances).toBeLessThanOrEqual(sizes.max);
          expect(warm).toHaveLength(Math.max(1, 4 - sizes.desired));
        }
      }),
    );
  });
});

describe('an instance in standby', () => {
  const group = () => createAccountGroup({ ...base, sizes: { min: 1, desired: 2, max: 2 } });

  it('does not serve, and is replaced unless the desired capacity falls with it', () => {
    const replaced = group();
    replaced.enterStandby(replaced.instances[0]?.id ?? '', false);
    expect(replaced.serving.instances).toBe(1);
    replaced.advanceTo(120);
    expect(replaced.serving.instances).toBe(2);
    expect(replaced.instances).toHaveLength(3);

    const lowered = group();
    lowered.enterStandby(lowered.instances[0]?.id ?? '', true);
    expect(lowered.sizes.desired).toBe(1);
    lowered.advanceTo(120);
    expect(lowered.serving.instances).toBe(1);
  });

  it('cannot lower the desired capacity below the minimum, nor come back above the maximum', () => {
    const one = group();
    const [first, second] = one.instances.map(({ id }) => id);
    one.enterStandby(first ?? '', true);
    expect(() => one.enterStandby(second ?? '', true)).toThrow('desired 0 below 1');
    one.update({ desired: 2 });
    expect(() => one.exitStandby(first ?? '')).toThrow('desired 3 above 2');
    one.update({ desired: 1 });
    one.exitStandby(first ?? '');
    expect(one.sizes.desired).toBe(2);
    expect(one.serving.instances).toBe(2);
  });
});
