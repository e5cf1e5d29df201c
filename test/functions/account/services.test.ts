import { afterEach, describe, expect, it } from 'vitest';
import {
  openBoxGroup,
  STEP_SECONDS,
  type ScenarioGroup,
} from '#test/emulators/account/open-box-group.ts';
import { openScenario, type Scenario } from './open-scenario.ts';

const DAY_STEPS = 86_400 / STEP_SECONDS;
const HISTORY_DAYS = 3;
/** Before the functions are there; they take an hour to read the past and to train. */
const ALONE_MINUTES = (HISTORY_DAYS * 24 + 4) * 60;
/** Low at night, high at day, and steep at six in the morning. */
const demand = Array.from({ length: (HISTORY_DAYS + 1) * DAY_STEPS }, (_, step) =>
  step % DAY_STEPS >= 72 && step % DAY_STEPS < 216 ? 9 : 3,
);

/** A service of tasks with two cores, as its owner has it: its policy holds 60 % of CPU. */
const WEB: ScenarioGroup = {
  name: 'service/shop/web',
  mode: 'scale-out',
  tracking: 0.6,
  demand,
  min: 2,
  max: 12,
};
const WATCHED: ScenarioGroup = { ...WEB, name: 'service/shop/watched', mode: 'observe' };

let opened: Scenario | null = null;
afterEach(() => {
  opened?.close();
  opened = null;
});

describe('services of ECS in an account in a box', () => {
  it('get a floor before the morning, which leads the policy, and their own minimum back', async () => {
    opened = await openScenario([WEB], () => undefined);
    const { box, handlers } = opened;
    const { group } = box.groups.get(WEB.name)!.world;
    const alone = openBoxGroup(WEB).world;
    const pass = async (minutes: number) => {
      await box.pass(minutes, handlers);
      for (let minute = 0; minute < minutes; minute++) alone.passMinute();
    };
    await box.pass(ALONE_MINUTES);
    for (let minute = 0; minute < ALONE_MINUTES; minute++) alone.passMinute();
    await pass(2 * 60 - 6);
    expect(group.sizes.min).toBeGreaterThan(2);
    await pass(7);
    // Nine cores came at six. At 60 % they take eight tasks; the policy alone has those of the night.
    expect(group.serving.instances).toBeGreaterThan(alone.group.serving.instances);
    expect(group.sizes).toMatchObject({ max: 12 });
    await pass(30);
    // Once the policy has reacted, both have what the day takes.
    expect(group.serving.instances).toBeGreaterThanOrEqual(alone.group.serving.instances);
    expect(box.groups.get(WEB.name)?.tags.get('foreprint:minimum')).toMatch(/^2:/);

    box.stores.position = 'stop';
    await box.pass(10, handlers);
    expect(group.sizes.min).toBe(2);
    expect(box.groups.get(WEB.name)?.tags.has('foreprint:minimum')).toBe(false);
  });

  it('are left as they are in observe, beside the owner’s policy', async () => {
    opened = await openScenario([WATCHED], () => undefined);
    const { box, handlers } = opened;
    const { group } = box.groups.get(WATCHED.name)!.world;
    const alone = openBoxGroup(WATCHED).world;
    await box.pass(ALONE_MINUTES);
    for (let minute = 0; minute < ALONE_MINUTES; minute++) alone.passMinute();
    const [watched, untouched]: [object[], object[]] = [[], []];
    for (let minute = 0; minute < 3 * 60; minute++) {
      await box.pass(1, handlers);
      alone.passMinute();
      watched.push(group.sizes);
      untouched.push(alone.group.sizes);
    }
    // The morning is in it, and the owner's policy acts.
    expect(new Set(untouched.map((sizes) => JSON.stringify(sizes))).size).toBeGreaterThan(1);
    expect(watched).toEqual(untouched);
    const tick = {
      'detail-type': 'Scheduled Event',
      time: new Date(box.nowSeconds * 1000).toISOString(),
    };
    // It is looked after all the same.
    expect(await box.call(handlers, 'allocate', tick)).toEqual({ groups: 1, failed: 0 });
    expect(box.groups.get(WATCHED.name)?.tags.has('foreprint:minimum')).toBe(false);
  });

  it('hold the instances that a tag asks for, although another tag is faulty', async () => {
    opened = await openScenario([WEB], () => undefined);
    const { box, handlers } = opened;
    const { world, tags } = box.groups.get(WEB.name)!;
    await box.pass(HISTORY_DAYS * 24 * 60);
    // Ingest has to read the past first: without a forecast there is no floor.
    await box.pass(60, handlers);
    expect(world.group.sizes.min).toBeLessThan(9);
    const at = (hours: number) => new Date((box.nowSeconds + hours * 3600) * 1000).toISOString();
    tags.set('foreprint:expect', `launch: ${at(0).slice(0, 16)}Z/${at(1).slice(0, 16)}Z least=9`);
    tags.set('foreprint:expect-2', 'rest: sometime');
    await box.pass(10, handlers);
    // At night three cores are used.
    expect(world.group.sizes.min).toBe(9);
    await box.pass(70, handlers);
    expect(world.group.sizes.min).toBeLessThan(9);
  });

  it('that lost their tag get their minimum back', async () => {
    opened = await openScenario([WEB], () => undefined);
    const { box, handlers } = opened;
    const { world, tags } = box.groups.get(WEB.name)!;
    await box.pass(ALONE_MINUTES);
    await box.pass(2 * 60 - 6, handlers);
    expect(world.group.sizes.min).toBeGreaterThan(2);
    tags.delete('foreprint:mode');
    await box.pass(10, handlers);
    expect(world.group.sizes.min).toBe(2);
  });
});
