import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restoreMinimum, setFloor } from '#adapters/aws/auto-scaling/set-floor.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import {
  autoScalingError,
  emulateAutoScaling,
  type EmulatedGroup,
} from '#test/emulators/emulate-auto-scaling.ts';

/** 2026-11-24 08:30 UTC. */
const MORNING = Date.UTC(2026, 10, 24, 8, 30) / 1000;

function open(more: Partial<EmulatedGroup> = {}) {
  const emulated = emulateAutoScaling();
  const shop: EmulatedGroup = {
    ...{ minSize: 2, maxSize: 20, desired: 3, tags: new Map(), instances: [] },
    ...more,
  };
  emulated.groups.set('shop', shop);
  const clock = { seconds: MORNING };
  const floors = createMemoryFloorStore();
  const source = { client: emulated.client, floors, nowSeconds: () => clock.seconds };
  const raise = (instances: number) => setFloor(source, { applicationId: 'shop', instances });
  const restore = () => restoreMinimum(source, 'shop');
  return { ...emulated, shop, clock, floors, raise, restore };
}

describe('the owner’s minimum', () => {
  it('survives two decisions at once, of which one changes the group', async () => {
    const { shop, sent, raise, restore } = open();
    await Promise.all([raise(5), raise(8)]);
    expect(sent.filter(({ name }) => name === 'UpdateAutoScalingGroupCommand')).toHaveLength(1);
    await restore();
    expect(shop.minSize).toBe(2);
  });

  it('survives an update that arrives after the next one', async () => {
    const { shop, clock, raise, restore } = open();
    await raise(5);
    clock.seconds += 5;
    await raise(8);
    // The first update, delayed until now.
    shop.minSize = 5;
    clock.seconds += 300;
    await raise(6);
    expect(shop.minSize).toBe(6);
    await restore();
    expect(shop.minSize).toBe(2);
  });

  it('comes back again when an update arrives after it was restored', async () => {
    const { shop, clock, raise, restore } = open();
    await raise(8);
    await restore();
    clock.seconds += 10;
    shop.minSize = 8;
    await restore();
    expect(shop.minSize).toBe(2);
  });

  it('is not taken from a tag, which whoever may only tag could write', async () => {
    const tags = new Map([['foreprint:minimum', '18:2:2']]);
    const { shop, raise, restore } = open({ tags });
    await restore();
    expect(shop.minSize).toBe(2);
    await raise(4);
    expect(shop.minSize).toBe(4);
    tags.set('foreprint:minimum', '18:4:4');
    await raise(5);
    expect(shop.minSize).toBe(5);
    await restore();
    expect(shop.minSize).toBe(2);
  });

  it('is the scheduled one although a floor had set the same number', async () => {
    const scheduled = [{ MinSize: 8, Recurrence: '0 9 * * *' }];
    const { shop, clock, raise } = open({ scheduled });
    await raise(8);
    expect(shop.minSize).toBe(8);
    // The action runs at nine and changes nothing that could be seen.
    clock.seconds = MORNING + 3600;
    await raise(3);
    expect(shop.minSize).toBe(8);
    clock.seconds += 7200;
    await raise(3);
    expect(shop.minSize).toBe(8);
  });

  it('is that of a scheduled action in the owner’s time zone', async () => {
    // Nine in Tokyo is midnight in UTC.
    const scheduled = [{ MinSize: 8, Recurrence: '0 9 * * *', TimeZone: 'Asia/Tokyo' }];
    const { shop, clock, raise } = open({ scheduled });
    await raise(8);
    clock.seconds = MORNING + 3600;
    await raise(3);
    expect(shop.minSize).toBe(3);
    clock.seconds = MORNING + 16 * 3600;
    await raise(8);
    await raise(3);
    expect(shop.minSize).toBe(8);
  });

  it('is that of a one-time action, which Auto Scaling forgets when it has run', async () => {
    const at = new Date((MORNING + 600) * 1000);
    const scheduled: object[] = [{ MinSize: 8, StartTime: at }];
    const { shop, clock, raise } = open({ scheduled });
    await raise(8);
    scheduled.length = 0;
    clock.seconds += 900;
    await raise(3);
    expect(shop.minSize).toBe(8);
  });

  it('is lowered by a scheduled action too', async () => {
    const scheduled = [{ MinSize: 1, Recurrence: '0 20 * * *' }];
    const { shop, clock, raise, restore } = open({ scheduled });
    await raise(6);
    clock.seconds = MORNING + 12 * 3600;
    shop.minSize = 1;
    await raise(4);
    expect(shop.minSize).toBe(4);
    await restore();
    expect(shop.minSize).toBe(1);
  });

  it('is kept where a change was remembered but not made', async () => {
    const { shop, clock, faults, raise, restore } = open();
    await raise(5);
    clock.seconds += 3600;
    faults.set('UpdateAutoScalingGroupCommand', autoScalingError('InternalFailure', 'later'));
    await expect(raise(9)).rejects.toThrow(/InternalFailure/);
    clock.seconds += 3600;
    await restore();
    expect(shop.minSize).toBe(2);
  });

  it('comes back after any order of decisions, delays, failures and restores', async () => {
    const step = fc.record({
      floors: fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 3 }),
      fails: fc.constantFrom(null, 'UpdateAutoScalingGroupCommand', 'CreateOrUpdateTagsCommand'),
      delayed: fc.boolean(),
      restore: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const { shop, clock, faults, raise, restore } = open();
        let sentBefore: number | null = null;
        for (const { floors, fails, delayed, restore: isRestored } of steps) {
          clock.seconds += 300;
          if (fails) faults.set(fails, autoScalingError('InternalFailure', 'later'));
          const before = shop.minSize;
          const work = isRestored ? [restore()] : floors.map(raise);
          await Promise.allSettled(work);
          faults.clear();
          const sentNow = shop.minSize === before ? null : shop.minSize;
          // An update that was sent at the step before arrives only now.
          if (delayed && sentBefore !== null) shop.minSize = sentBefore;
          sentBefore = sentNow;
          expect(shop.minSize).toBeGreaterThanOrEqual(2);
          expect(shop.minSize).toBeLessThanOrEqual(20);
        }
        await restore();
        expect(shop.minSize).toBe(2);
      }),
      { numRuns: 300, seed: 16 },
    );
  });
});
