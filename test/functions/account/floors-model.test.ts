import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { WarmPoolRules } from '#evaluation/account/warm-pool.ts';
import { openAccountBox, type AccountBox } from '#test/emulators/account/account-box.ts';
import { BOX_ENVIRONMENT } from '#test/emulators/account/box-environment.ts';
import { importHandlers } from '#test/emulators/account/box-handlers.ts';
import { BOX_TYPE, openBoxGroup, START_SECONDS } from '#test/emulators/account/open-box-group.ts';
import { ownerCommands, type OwnedGroup, type OwnerModel } from './owner-commands.ts';

// Before a stack is deleted decisions that go on have half a minute to end; nothing goes on here.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

Object.assign(process.env, BOX_ENVIRONMENT);
const handlers = await importHandlers();

const RUN_SECONDS = 3 * 86_400;
const STEPS = 150;
const HISTORY_MINUTES = 120;
/** Between two ticks, and one more for what comes after a change. */
const HELD_SECONDS = 60;

let opened: AccountBox | null = null;
let runs = 0;
afterAll(() => opened?.close());

interface Setting {
  readonly mode: 'observe' | 'scale-out' | 'full';
  readonly tracking: number | null;
  readonly steps: boolean;
  readonly predictive: number | null;
  readonly warmPool: WarmPoolRules | null;
  readonly demand: readonly number[];
  readonly scheduled: readonly { readonly after: number; readonly min: number }[];
  readonly refusedFrom: number | null;
  readonly deliveries: number;
  readonly reversed: boolean;
}

const settings: fc.Arbitrary<Setting> = fc.record({
  mode: fc.constantFrom('scale-out', 'full', 'scale-out', 'observe'),
  tracking: fc.constantFrom(null, 0.5, 0.7),
  steps: fc.boolean(),
  predictive: fc.constantFrom(null, null, 0.5),
  warmPool: fc.option(
    fc.record({
      minSize: fc.integer({ min: 0, max: 2 }),
      preparedUnits: fc.integer({ min: 0, max: 14 }),
      startSeconds: fc.constantFrom(30, 60),
    }),
  ),
  demand: fc.array(fc.double({ min: 0, max: 24, noNaN: true }), {
    minLength: STEPS / 5,
    maxLength: STEPS / 5,
  }),
  scheduled: fc.array(
    fc.record({ after: fc.integer({ min: 125, max: 400 }), min: fc.integer({ min: 1, max: 6 }) }),
    { maxLength: 2 },
  ),
  refusedFrom: fc.option(fc.integer({ min: 130, max: 300 })),
  deliveries: fc.integer({ min: 1, max: 2 }),
  reversed: fc.boolean(),
});

async function open(setting: Setting) {
  const model: OwnerModel = {
    own: { min: 2, max: 12 },
    refused: [],
    isStopped: false,
    isTagged: true,
    isDeleted: false,
    isScheduled: setting.scheduled.length > 0,
  };
  // The functions remember things for minutes, by the group's name.
  const startSeconds = START_SECONDS + ++runs * RUN_SECONDS;
  const scheduledActions = setting.scheduled.map(({ after, min }, k) => ({
    name: `action-${k}`,
    atSeconds: startSeconds + after * 60,
    min,
  }));
  let due = scheduledActions.toSorted((a, b) => a.atSeconds - b.atSeconds);
  const refusedFrom = startSeconds + (setting.refusedFrom ?? Infinity) * 60;
  const group = openBoxGroup({
    ...setting,
    name: `group-${runs}`,
    startSeconds,
    demand: setting.demand.flatMap((cores) => [cores, cores, cores, cores, cores]),
    min: 2,
    max: 12,
    scheduledActions,
    isRefused: (at) => at >= refusedFrom && at < refusedFrom + 1800,
  });
  const seen = new Set<number>();
  let isHandled = false;
  const check = (): void => {
    const ran = due.findLast(({ atSeconds }) => atSeconds <= box.nowSeconds);
    if (ran) model.own.min = ran.min;
    due = due.filter(({ atSeconds }) => atSeconds > box.nowSeconds);
    seen.add(group.world.group.sizes.min);
    if (!isHandled) return;
    checkOwner(model, group.world, box.nowSeconds);
    if (setting.mode === 'observe') expect(group.world.group.sizes.min).toBe(model.own.min);
  };
  opened?.close();
  const box = openAccountBox({
    groups: [group],
    types: [BOX_TYPE],
    phaseSeconds: 180,
    deliveries: setting.deliveries,
    reversed: setting.reversed,
    check,
    isAllowed: ({ action }) => !model.refused.includes(action),
  });
  opened = box;
  await box.pass(HISTORY_MINUTES);
  // Nobody has let those go on that were launched before.
  const { instances, warm } = group.world.group;
  for (const { id, waiting } of [...instances, ...warm]) {
    if (waiting) group.world.group.complete(id, waiting.hook);
  }
  isHandled = true;
  await box.pass(10, handlers);
  const real: OwnedGroup = { box, handlers, group, seen };
  return { model, real };
}

/** What has to hold after every minute and every event. */
function checkOwner(
  { own, refused, isDeleted }: OwnerModel,
  { group }: OwnedGroup['group']['world'],
  nowSeconds: number,
): void {
  expect(group.sizes.max).toBe(own.max);
  expect(group.sizes.desired).toBeLessThanOrEqual(own.max);
  expect(group.sizes.min).toBeGreaterThanOrEqual(own.min);
  if (refused.length > 0 || isDeleted) return;
  for (const { waiting } of [...group.instances, ...group.warm]) {
    if (waiting) expect(nowSeconds - waiting.sinceSeconds).toBeLessThanOrEqual(HELD_SECONDS);
  }
}

describe('whatever happens to a group', () => {
  it('its owner’s limits hold, and its minimum comes back', { timeout: 240_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(settings, ownerCommands, async (setting, commands) => {
        const { model, real } = await open(setting);
        const { box, group } = real;
        await fc.asyncModelRun(() => ({ model, real }), commands);
        expect(box.mostChanges).toBeLessThanOrEqual(1);
        // Whoever comes last lets go: the switch, the lost tag, the end of the stack.
        model.refused = [];
        if (!model.isDeleted) await box.pass(11, handlers);
        if (model.isDeleted || model.isStopped || !model.isTagged) {
          expect(group.world.group.sizes.min).toBe(model.own.min);
        }
        if (model.isDeleted || !model.isTagged) expect(group.world.group.hooks).toEqual([]);
      }),
      { numRuns: 12, endOnFailure: true, seed: 16 },
    );
  });
});
