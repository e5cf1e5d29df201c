import { describe, expect, test } from 'vitest';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { FLOOR_TAG } from '#adapters/aws/auto-scaling/floor-tag.ts';
import { EMPTY_FOOTPRINT } from '#core/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/settings.ts';
import { allocateGroup } from '#functions/allocation/allocate-group.ts';
import { applyDecision } from '#functions/allocation/apply-decision.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { exampleDecision } from '#test/adapters/contracts/example-profiles.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { emulateAutoScaling } from '#test/emulators/emulate-auto-scaling.ts';

const enrolled: EnrolledGroup = {
  applicationId: 'shop',
  applicationType: 'web',
  mode: 'floor',
  hasFloor: false,
  instanceTypes: ['m7i.large'],
};

function shop() {
  const scaling = emulateAutoScaling();
  const group = {
    minSize: 1,
    maxSize: 6,
    desired: 2,
    tags: new Map<string, string>(),
    instances: [],
  };
  scaling.groups.set('shop', group);
  const capacityOf = async () => EMPTY_FOOTPRINT;
  return {
    scaling,
    group,
    target: createAutoScalingTarget({ client: scaling.client, capacityOf }),
  };
}

function forecastOf(instances: number) {
  const decision = exampleDecision('shop', 1_764_000_000, instances);
  return { ...decision, reason: { ...decision.reason, source: 'forecast' as const } };
}

describe('a forecast', () => {
  test('changes nothing of a group that is only observed', async () => {
    const { scaling, group, target } = shop();
    expect(await applyDecision(target, { ...enrolled, mode: 'observe' }, forecastOf(5))).toBe(
      'none',
    );
    expect(group).toMatchObject({ minSize: 1, desired: 2 });
    expect(scaling.sent).toEqual([]);
  });

  test('becomes the minimum in mode floor', async () => {
    const { group, target } = shop();
    expect(await applyDecision(target, enrolled, forecastOf(5))).toBe('floor');
    expect(group.minSize).toBe(5);
    expect(group.tags.has(FLOOR_TAG)).toBe(true);
  });

  test('never asks for more than the owner’s maximum', async () => {
    const { group, target } = shop();
    await applyDecision(target, { ...enrolled, mode: 'full' }, forecastOf(50));
    expect(group).toMatchObject({ minSize: 6, maxSize: 6, desired: 6 });
  });

  test('lowers the desired capacity only in mode full', async () => {
    const { group, target } = shop();
    group.desired = 4;
    await applyDecision(target, enrolled, forecastOf(2));
    expect(group.desired).toBe(4);
    await applyDecision(target, { ...enrolled, mode: 'full' }, forecastOf(2));
    expect(group.desired).toBe(2);
  });
});

test.each([
  ['the forecast is withdrawn', enrolled, exampleDecision('shop', 1_764_000_300, 3)],
  ['the group goes back to observe', { ...enrolled, mode: 'observe' as const }, forecastOf(5)],
])('the owner’s minimum comes back when %s', async (_, group, decision) => {
  const { group: emulated, target } = shop();
  await applyDecision(target, enrolled, forecastOf(5));
  expect(await applyDecision(target, { ...group, hasFloor: true }, decision)).toBe('restored');
  expect(emulated.minSize).toBe(1);
  expect(emulated.tags.has(FLOOR_TAG)).toBe(false);
});

test('an unknown group gets the defaults of its type, logged and not applied', async () => {
  const { scaling, group, target } = shop();
  const ports = { ...memoryPorts(), target };
  const now = 1_764_000_000;
  expect(await allocateGroup(ports, enrolled, now, DEFAULT_SETTINGS)).toBe('none');
  const [logged] = await ports.profiles.allocationLog('shop', 1);
  expect(logged?.reason).toMatchObject({
    source: 'default',
    limits: { minInstances: 1, maxInstances: 6 },
  });
  expect(group).toMatchObject({ minSize: 1, desired: 2 });
  expect(scaling.sent.map(({ name }) => name)).toEqual(['DescribeAutoScalingGroupsCommand']);
});
