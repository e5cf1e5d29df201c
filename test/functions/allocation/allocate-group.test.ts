import { describe, expect, test } from 'vitest';
import { describeGroup, groupOf } from '#adapters/aws/auto-scaling/find-group.ts';
import { readClaim } from '#adapters/aws/auto-scaling/read-claim.ts';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import type { Mode } from '#cdk/configuration/modes.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { allocateGroup } from '#functions/allocation/allocate-group.ts';
import { applyDecision } from '#functions/allocation/apply-decision.ts';
import type { EnrolledGroup } from '#functions/groups/enrolled-group.ts';
import { exampleDecision } from '#test/adapters/contracts/example-profiles.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { emulateAutoScaling } from '#test/emulators/emulate-auto-scaling.ts';

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
  const floors = createMemoryFloorStore();
  const source = { client: scaling.client, floors, nowSeconds: () => 1_764_000_000 };
  /** The group as a run would list it now. */
  const enrolled = async (mode: Mode = 'scale-out'): Promise<EnrolledGroup> => {
    const nowSeconds = source.nowSeconds();
    const claim = await readClaim(source, 'shop');
    const known = groupOf(await describeGroup(scaling.client, 'shop'), { claim, nowSeconds });
    scaling.sent.splice(-2);
    return {
      applicationId: 'shop',
      applicationType: 'web',
      mode,
      known,
      metering: { monitoringSeconds: 300 },
      instanceTypes: ['m7i.large'],
    };
  };
  return {
    scaling,
    group,
    enrolled,
    target: createAutoScalingTarget({ ...source, capacityOf }),
  };
}

function forecastOf(instances: number) {
  const decision = exampleDecision('shop', 1_764_000_000, instances);
  return { ...decision, reason: { ...decision.reason, source: 'forecast' as const } };
}

describe('a forecast', () => {
  test('changes nothing of a group that is only observed', async () => {
    const { scaling, group, enrolled, target } = shop();
    expect(await applyDecision(target, await enrolled('observe'), forecastOf(5))).toBe('none');
    expect(group).toMatchObject({ minSize: 1, desired: 2 });
    expect(scaling.sent).toEqual([]);
  });

  test('becomes the minimum in mode scale-out', async () => {
    const { group, enrolled, target } = shop();
    expect(await applyDecision(target, await enrolled(), forecastOf(5))).toBe('floor');
    expect(group.minSize).toBe(5);
    expect(group.tags.has(FLOOR_TAG)).toBe(true);
  });

  test('never asks for more than the owner’s maximum', async () => {
    const { group, enrolled, target } = shop();
    await applyDecision(target, await enrolled('full'), forecastOf(50));
    expect(group).toMatchObject({ minSize: 6, maxSize: 6, desired: 6 });
  });

  test('lowers the desired capacity only in mode full', async () => {
    const { group, enrolled, target } = shop();
    group.desired = 4;
    await applyDecision(target, await enrolled(), forecastOf(2));
    expect(group.desired).toBe(4);
    await applyDecision(target, await enrolled('full'), forecastOf(2));
    expect(group.desired).toBe(2);
  });
});

test.each([
  ['the forecast is withdrawn', 'scale-out' as const, exampleDecision('shop', 1_764_000_300, 3)],
  ['the group goes back to observe', 'observe' as const, forecastOf(5)],
])('the owner’s minimum comes back when %s', async (_, mode, decision) => {
  const { group: emulated, enrolled, target } = shop();
  await applyDecision(target, await enrolled(), forecastOf(5));
  expect(await applyDecision(target, await enrolled(mode), decision)).toBe('restored');
  expect(emulated.minSize).toBe(1);
  expect(emulated.tags.has(FLOOR_TAG)).toBe(false);
});

test('an unknown group gets the defaults of its type, logged and not applied', async () => {
  const { scaling, group, enrolled, target } = shop();
  const ports = { ...memoryPorts(), target, mayAct: async () => true };
  const now = 1_764_000_000;
  expect(await allocateGroup(ports, await enrolled(), now, DEFAULT_SETTINGS)).toBe('none');
  const [logged] = await ports.profiles.allocationLog('shop', 1);
  expect(logged?.reason).toMatchObject({
    source: 'default',
    limits: { minInstances: 1, maxInstances: 6 },
  });
  expect(group).toMatchObject({ minSize: 1, desired: 2 });
  expect(scaling.sent).toEqual([]);
});
