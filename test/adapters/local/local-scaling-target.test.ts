import { describe, expect, it } from 'vitest';
import { createLocalScalingTarget } from '#adapters/local/local-scaling-target.ts';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { exampleDecision } from '#test/adapters/contracts/example-profiles.ts';

const { allocation } = DEFAULT_SETTINGS;
const typeDefaults = (type: string) => allocation.defaultsByType[type]!;

function stores() {
  return { profiles: createMemoryProfileStore(), history: createMemoryHistoryStore() };
}

describe('the local scaling target', () => {
  it('has the newest decision as its desired capacity, and nothing pending', async () => {
    const ports = stores();
    await ports.profiles.logAllocation(exampleDecision('shop', 600, 7));
    await ports.profiles.logAllocation(exampleDecision('shop', 300, 3));
    const target = createLocalScalingTarget({ ...ports, settings: allocation });
    const state = await target.describe('shop');
    expect([state.desiredInstances, state.inServiceInstances, state.pendingInstances]).toEqual([
      7, 7, 0,
    ]);
  });

  it('starts at the minimum of the type that the history knows', async () => {
    const ports = stores();
    const points = [{ timestampSeconds: 0, footprint: { cpu: 1, memory: 1, disk: 1, network: 1 } }];
    await ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
    const web = { ...typeDefaults('web'), minInstances: 2, maxInstances: 9 };
    const settings = { ...allocation, defaultsByType: { ...allocation.defaultsByType, web } };
    const target = createLocalScalingTarget({ ...ports, settings });
    const state = await target.describe('shop');
    expect(state.limits).toEqual({ minInstances: 2, maxInstances: 9 });
    expect(state.desiredInstances).toBe(2);
    expect(state.instanceCapacity).toEqual(web.instanceCapacity);
  });

  it('takes the type that it is told', async () => {
    const batch = { ...typeDefaults('batch'), maxInstances: 5 };
    const settings = { ...allocation, defaultsByType: { ...allocation.defaultsByType, batch } };
    const target = createLocalScalingTarget({ ...stores(), settings, applicationType: 'batch' });
    expect((await target.describe('new')).limits.maxInstances).toBe(5);
  });
});
