import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScalingError } from '#adapters/aws/auto-scaling/scaling-error.ts';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import {
  autoScalingError,
  emulateAutoScaling,
  type EmulatedGroup,
} from '#test/emulators/emulate-auto-scaling.ts';

const capacity = { cpu: 2, memory: 4e9, disk: null, network: null };

function open(group: Partial<EmulatedGroup> = {}) {
  const emulated = emulateAutoScaling();
  const shop: EmulatedGroup = {
    minSize: 2,
    maxSize: 10,
    desired: 3,
    tags: new Map([['foreprint:mode', 'act']]),
    instances: [],
    ...group,
  };
  emulated.groups.set('shop', shop);
  const askedFor: unknown[] = [];
  const target = createAutoScalingTarget({
    client: emulated.client,
    floors: createMemoryFloorStore(),
    nowSeconds: () => 1_764_000_000,
    capacityOf: async (...asked) => {
      askedFor.push(asked);
      return capacity;
    },
  });
  return { ...emulated, shop, target, askedFor };
}

const changes = (sent: readonly { readonly name: string }[]) =>
  sent.map(({ name }) => name).filter((name) => !name.startsWith('Describe'));
const faultOf = async (work: Promise<unknown>) => {
  const error = await work.catch((caught: unknown) => caught);
  return error instanceof ScalingError ? error.fault : error;
};

describe('describe', () => {
  it('distinguishes instances in service from pending ones, and reads the capacity of their types', async () => {
    const instances = [
      { type: 'm7i.large', state: 'InService' },
      { type: 'm7i.large', state: 'InService' },
      { type: 'm6i.large', state: 'Pending:Wait' },
      { type: 'm6i.large', state: 'Terminating:Wait' },
    ];
    const { target, askedFor } = open({ instances });
    expect(await target.describe('shop')).toEqual({
      desiredInstances: 3,
      inServiceInstances: 2,
      pendingInstances: 1,
      limits: { minInstances: 2, maxInstances: 10 },
      instanceCapacity: capacity,
    });
    expect(askedFor).toEqual([['shop', ['m6i.large', 'm7i.large']]]);
  });

  it('returns the owner’s minimum while a floor is set', async () => {
    const { target, shop } = open();
    await target.setFloor('shop', 6);
    expect(shop.minSize).toBe(6);
    expect((await target.describe('shop')).limits).toEqual({ minInstances: 2, maxInstances: 10 });
  });

  it.each(['deleted', 'being deleted'])('names a group that is %s', async (state) => {
    const { target, groups, shop } = open();
    if (state === 'deleted') groups.delete('shop');
    else shop.deleting = true;
    expect(await faultOf(target.describe('shop'))).toBe('missing');
    expect(await faultOf(target.setDesired('shop', 3))).toBe('missing');
    expect(await faultOf(target.setFloor('shop', 3))).toBe('missing');
  });
});

describe('setDesired', () => {
  it.each([
    [7, 7],
    [99, 10],
    [0, 2],
    [4.2, 5],
  ])('asked for %d makes %d of it', async (asked, desired) => {
    const { target, shop } = open();
    await target.setDesired('shop', asked);
    expect(shop.desired).toBe(desired);
  });

  it('sends nothing if the desired capacity is already set', async () => {
    const { target, sent } = open();
    await target.setDesired('shop', 3);
    expect(changes(sent)).toEqual([]);
  });

  it('reports a group with a scaling activity in progress as busy', async () => {
    const { target, faults } = open();
    faults.set(
      'SetDesiredCapacityCommand',
      autoScalingError('ScalingActivityInProgressFault', 'wait'),
    );
    expect(await faultOf(target.setDesired('shop', 5))).toBe('busy');
    faults.set('SetDesiredCapacityCommand', autoScalingError('Throttling', 'Rate exceeded'));
    expect(await faultOf(target.setDesired('shop', 5))).toBe('failed');
  });
});

describe('setFloor and restoreMinimum', () => {
  it('stores the minimum before changing it, and restores it', async () => {
    const { target, shop, sent } = open();
    expect(await target.setFloor('shop', 5)).toEqual({ before: 2, after: 5, ownMinimum: 2 });
    expect(shop).toMatchObject({ minSize: 5, desired: 5 });
    expect(changes(sent)).toEqual(['UpdateAutoScalingGroupCommand', 'CreateOrUpdateTagsCommand']);
    await target.setFloor('shop', 8);
    expect(await target.restoreMinimum('shop')).toEqual({ before: 8, after: 2, ownMinimum: 2 });
    expect(shop.minSize).toBe(2);
    expect([...shop.tags.keys()]).toEqual(['foreprint:mode']);
    sent.length = 0;
    await target.restoreMinimum('shop');
    expect(changes(sent)).toEqual([]);
  });

  it('changes nothing when the same floor is set again', async () => {
    const { target, sent } = open();
    await target.setFloor('shop', 5);
    sent.length = 0;
    await target.setFloor('shop', 5);
    expect(changes(sent)).toEqual([]);
  });

  it('uses a minimum that the owner set during a floor as the owner’s minimum', async () => {
    const { target, shop } = open();
    await target.setFloor('shop', 5);
    shop.minSize = 4;
    expect((await target.describe('shop')).limits.minInstances).toBe(4);
    await target.setFloor('shop', 1);
    expect(shop.minSize).toBe(4);
  });

  it('never exceeds the limits and recovers the owner’s minimum after any failure', async () => {
    const step = fc.record({
      floor: fc.nat(15),
      fails: fc.constantFrom(
        null,
        'CreateOrUpdateTagsCommand',
        'UpdateAutoScalingGroupCommand',
        'DeleteTagsCommand',
      ),
      restore: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { target, shop, faults } = open();
        for (const { floor, fails, restore } of steps) {
          if (fails) faults.set(fails, autoScalingError('InternalFailure', 'try again'));
          const work = restore ? target.restoreMinimum('shop') : target.setFloor('shop', floor);
          await work.catch((error: unknown) => expect(error).toBeInstanceOf(ScalingError));
          faults.clear();
          expect(shop.minSize).toBeGreaterThanOrEqual(2);
          expect(shop.minSize).toBeLessThanOrEqual(10);
          expect((await target.describe('shop')).limits.minInstances).toBe(2);
        }
        await target.restoreMinimum('shop');
        expect(shop.minSize).toBe(2);
        expect(shop.tags.has('foreprint:minimum')).toBe(false);
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});

describe('completeLifecycleAction', () => {
  const action = {
    applicationId: 'shop',
    hook: 'foreprint-launch',
    instanceId: 'i-1',
    token: 't1',
  };

  it('completes the action once', async () => {
    const { target, waiting, sent } = open();
    waiting.add('t1');
    expect(await target.completeLifecycleAction(action)).toBe('completed');
    expect(sent.at(-1)?.input).toEqual({
      AutoScalingGroupName: 'shop',
      LifecycleHookName: 'foreprint-launch',
      InstanceId: 'i-1',
      LifecycleActionResult: 'CONTINUE',
      LifecycleActionToken: 't1',
    });
    expect(await target.completeLifecycleAction(action)).toBe('not-waiting');
  });

  it('finds no waiting action in a deleted group', async () => {
    const { target, groups } = open();
    groups.delete('shop');
    expect(await target.completeLifecycleAction(action)).toBe('not-waiting');
  });

  it('reports a failing service, because the instance still waits', async () => {
    const { target, waiting, faults } = open();
    waiting.add('t1');
    faults.set('CompleteLifecycleActionCommand', autoScalingError('InternalFailure', 'later'));
    expect(await faultOf(target.completeLifecycleAction(action))).toBe('failed');
    expect(await target.completeLifecycleAction(action)).toBe('completed');
  });
});
