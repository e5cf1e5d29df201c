import { afterEach, describe, expect, it } from 'vitest';
import type { BoxGroup } from '#test/emulators/account/box-group.ts';
import {
  START_SECONDS,
  STEP_SECONDS,
  type ScenarioGroup,
} from '#test/emulators/account/open-box-group.ts';
import { openScenario, type Scenario } from './open-scenario.ts';

const DAY_STEPS = 86_400 / STEP_SECONDS;
const HISTORY_DAYS = 3;
/** Low at night, high at day, and steep at six in the morning. */
const daily = (step: number): number => (step % DAY_STEPS >= 72 && step % DAY_STEPS < 216 ? 9 : 3);
const days = (count: number, shape = daily): number[] =>
  Array.from({ length: count * DAY_STEPS }, (_, step) => shape(step));

const SHOP: ScenarioGroup = {
  name: 'shop',
  mode: 'scale-out',
  tracking: 0.6,
  demand: days(HISTORY_DAYS + 1),
  min: 2,
  max: 12,
};
const BATCH: ScenarioGroup = { ...SHOP, name: 'batch', mode: 'full', tracking: null, min: 6 };

let opened: Scenario | null = null;
let isHandled = false;
afterEach(() => {
  isHandled = false;
  opened?.close();
  opened = null;
});

/** What has to hold after every minute and every event. */
function invariants(): (group: BoxGroup, nowSeconds: number) => void {
  return ({ world, owner }, nowSeconds) => {
    const { sizes, instances } = world.group;
    expect(sizes.max).toBe(owner.max);
    expect(sizes.desired).toBeLessThanOrEqual(owner.max);
    expect(sizes.min).toBeGreaterThanOrEqual(owner.min);
    for (const { waiting } of instances) {
      if (waiting) expect(nowSeconds - waiting.sinceSeconds).toBeLessThanOrEqual(60);
    }
  };
}

describe('the handlers in an account in a box', () => {
  it('raise the floor before the morning, within the limits, and let go at the kill switch', async () => {
    opened = await openScenario([SHOP, BATCH], invariantsOnceHandled(), { deliveries: 2 });
    const { box, handlers } = opened;
    await box.pass((HISTORY_DAYS * 24 + 4) * 60);
    isHandled = true;
    // The first ingest back-fills the past and asks for a training.
    await box.pass(2 * 60 - 6, handlers);
    const shop = box.groups.get('shop')!;
    const batch = box.groups.get('batch')!;
    expect(shop.world.group.sizes.min).toBeGreaterThan(2);
    // At six o'clock nine cores come: at 60 % they take eight instances, and some serve before.
    await box.pass(7, handlers);
    expect(shop.world.group.serving.instances).toBeGreaterThanOrEqual(5);
    await box.pass(49, handlers);
    // 9 cores at 85 % are 5.3 instances of two.
    expect(batch.world.group.serving.instances).toBeGreaterThanOrEqual(6);

    expect(box.mostChanges).toBeLessThanOrEqual(1);

    box.stores.position = 'stop';
    await box.pass(10, handlers);
    expect(shop.world.group.sizes.min).toBe(2);
    expect(batch.world.group.sizes.min).toBe(6);
    expect([...shop.tags.keys()]).not.toContain('foreprint:minimum');
    const before = shop.world.group.changes;
    await box.pass(20, handlers);
    expect(shop.world.group.sizes.min).toBe(2);
    expect(shop.world.group.changes - before).toBeLessThanOrEqual(2);
  });

  it('give a group with a policy a floor only, and heed its owner whatever happens', async () => {
    const hour = (hours: number) => START_SECONDS + (HISTORY_DAYS * 24 + hours) * 3600;
    const tracked: ScenarioGroup = {
      ...SHOP,
      name: 'tracked',
      mode: 'full',
      isRefused: (at) => at >= hour(5.5) && at < hour(6.25),
    };
    const observed: ScenarioGroup = { ...SHOP, name: 'observed', mode: 'observe', tracking: 0.5 };
    opened = await openScenario([tracked, observed], invariantsOnceHandled(), { deliveries: 2 });
    const { box, handlers } = opened;
    await box.pass((HISTORY_DAYS * 24 + 5) * 60);
    isHandled = true;
    const { group } = box.groups.get('tracked')!.world;
    const seen = { floor: 0, lowered: 0 };
    for (let minute = 0; minute < 90; minute++) {
      const { desired } = group.sizes;
      await box.pass(1, handlers);
      seen.floor = Math.max(seen.floor, group.sizes.min);
      // While launches are refused and demand is high, nobody has a reason to ask for less.
      if (minute >= 60 && group.sizes.desired < desired) seen.lowered++;
    }
    expect(seen.floor).toBeGreaterThan(2);
    expect(seen.lowered).toBe(0);
    // What was refused came later.
    expect(group.serving.instances).toBeGreaterThanOrEqual(6);
    const other = box.groups.get('observed')!;
    expect(other.world.group.sizes.min).toBe(2);
    expect(box.mostChanges).toBeLessThanOrEqual(1);
  });

  it('take their hooks from an observed group that lost its tag, and from no other', async () => {
    const short = { demand: days(1), mode: 'observe' } as const;
    const lost: ScenarioGroup = { ...SHOP, ...short, name: 'lost' };
    const kept: ScenarioGroup = { ...SHOP, ...short, name: 'kept' };
    opened = await openScenario([lost, kept], () => undefined);
    const { box, handlers } = opened;
    await box.pass(120);
    await box.pass(10, handlers);
    const { tags, world } = box.groups.get('lost')!;
    expect(world.group.hooks).toHaveLength(2);
    tags.delete('foreprint:mode');
    await box.pass(6, handlers);
    expect(world.group.hooks).toEqual([]);
    expect(world.group.sizes).toMatchObject({ min: SHOP.min, max: SHOP.max });
    expect(box.groups.get('kept')?.world.group.hooks).toHaveLength(2);
  });
});

/** Before the handlers run, only the owner's policy acts. */
function invariantsOnceHandled(): ReturnType<typeof invariants> {
  const check = invariants();
  return (group, nowSeconds) => {
    if (isHandled) check(group, nowSeconds);
  };
}
