import { describe, expect, test } from 'vitest';
import { FLOOR_TAG } from '#adapters/aws/naming/floor-tag.ts';
import { allocateGroup } from '#functions/allocation/allocate-group.ts';
import { FAULTS } from '#test/emulators/inject-faults.ts';
import { begin, FLOOR, NOW, OWNER, plan, s3, settings, STEP, waitingShop } from './waiting-shop.ts';

/** What a decision for a hook asks of AWS, models not loaded yet. */
const CALLS = [
  'PutItemCommand', // this action is ours to decide
  'GetItemCommand', // the owner's minimum, together with the next two
  'DescribeScheduledActionsCommand',
  'DescribeAutoScalingGroupsCommand',
  'GetItemCommand', // state of monitoring, together with the next two
  'QueryCommand', // three weeks of history
  'GetItemCommand', // profile
  'GetObjectCommand', // model
  'PutItemCommand', // allocation log
  'PutItemCommand', // state of monitoring, once in the life of a group
  'GetItemCommand', // as it is now, before it is changed, together with the next two
  'DescribeScheduledActionsCommand',
  'DescribeAutoScalingGroupsCommand',
  'PutItemCommand', // the owner's minimum
  'UpdateAutoScalingGroupCommand',
  'CreateOrUpdateTagsCommand',
  'UpdateItemCommand', // this action was decided
  'CompleteLifecycleActionCommand',
];
/** Without the first start of monitoring. */
const USUAL = CALLS.filter((_, k) => k !== 9);

test('a decision takes as many calls as stated, and raises the floor', async () => {
  const { group, answer, scaling, reports } = waitingShop();
  begin(null);
  expect(await answer()).toBe('decided');
  expect(reports).toEqual([]);
  expect(plan.calls).toEqual(CALLS);
  expect(group.minSize).toBe(FLOOR);
  expect(scaling.waiting.size).toBe(0);
  // Nothing to change, the model loaded: ten in eight round trips, of which two make sure that it
  // is done once.
  const again = waitingShop();
  await again.tick();
  expect(again.group.minSize).toBe(FLOOR);
  begin(null);
  await again.answer();
  const warm = CALLS.filter((_, k) => k !== 7 && !(k >= 9 && k <= 15));
  expect(plan.calls).toEqual(warm);
  expect(warm).toHaveLength(10);
  // Of the schedule, which has the group from its list.
  const found = await again.ports.findGroup('shop');
  begin(null);
  await allocateGroup(again.ports, found!, NOW + 2 * STEP, settings);
  expect(plan.calls).toEqual([
    'GetItemCommand',
    'QueryCommand',
    'GetItemCommand',
    'PutItemCommand',
  ]);
});

describe.each(FAULTS)('a call that %s', (kind) => {
  // A completion that hangs is ended by the limits of a call,
  // test/functions/wiring/call-limits.test.ts.
  const calls = USUAL.filter((call) => kind !== 'hangs' || !call.startsWith('Complete'));
  test.each(calls.map((call, at) => [at, call] as const))(
    'as number %i, %s, holds no instance back and leaves a group as its owner and the forecast want it',
    async (at, call) => {
      const { group, answer, decided, scaling, target, tick } = waitingShop();
      begin({ at, kind });
      const isCompletion = call === 'CompleteLifecycleActionCommand';
      const mustComeAgain = isCompletion && (kind === 'fails' || kind === 'throttled');
      const outcome = await answer().catch(() => 'comes again');
      expect(plan.calls[at]).toBe(call);
      if (mustComeAgain) {
        expect(outcome).toBe('comes again');
        expect(await answer()).toBe('repeated');
      }
      expect(scaling.waiting.size).toBe(0);
      expect(group).toMatchObject({ maxSize: OWNER.maxSize });
      expect([OWNER.minSize, FLOOR]).toContain(group.minSize);
      // A late answer changes nothing that was not begun in time.
      const before = group.minSize;
      plan.release();
      await decided();
      if (at < 8) expect(group.minSize).toBe(before);
      // The event comes once more, and then the schedule.
      begin(null);
      await answer();
      await tick();
      expect(group).toMatchObject({ minSize: FLOOR, maxSize: OWNER.maxSize });
      await target.restoreMinimum('shop');
      expect(group.minSize).toBe(OWNER.minSize);
      expect(group.tags.has(FLOOR_TAG)).toBe(false);
    },
  );
});

describe('an instance goes on', () => {
  test('when its event comes twice at the same time, and one decision is made', async () => {
    const { scaling, answer } = waitingShop();
    begin(null);
    const outcomes = await Promise.all([answer(), answer()]);
    expect(outcomes.toSorted()).toEqual(['decided', 'repeated']);
    const writes = scaling.sent.filter(({ name }) => name === 'UpdateAutoScalingGroupCommand');
    expect(writes).toHaveLength(1);
  });

  test('when its event comes late, without a decision on what was long ago', async () => {
    const { scaling, group, answer } = waitingShop();
    begin(null);
    expect(await answer(3600)).toBe('stale');
    expect(scaling.waiting.size).toBe(0);
    expect(group.minSize).toBe(OWNER.minSize);
  });

  test('when its event is from the future: clocks differ', async () => {
    const { scaling, group, answer } = waitingShop();
    begin(null);
    expect(await answer(-120)).toBe('decided');
    expect(scaling.waiting.size).toBe(0);
    expect(group.minSize).toBe(FLOOR);
  });

  test('when its hook was completed already by somebody else', async () => {
    const { scaling, answer } = waitingShop();
    begin(null);
    scaling.waiting.clear();
    expect(await answer()).toBe('decided');
  });

  test.each(['deleted', 'being deleted'])('when its group was %s meanwhile', async (how) => {
    const { scaling, group, answer, reports } = waitingShop();
    begin(null);
    if (how === 'deleted') scaling.groups.clear();
    else Object.assign(group, { deleting: true });
    expect(await answer()).toBe('decided');
    expect(reports).toEqual([]);
    expect(group.minSize).toBe(OWNER.minSize);
  });

  test('when its group is deleted between the decision and its application', async () => {
    const { scaling, answer, ports, reports } = waitingShop();
    begin(null);
    const { logAllocation } = ports.profiles;
    ports.profiles.logAllocation = async (decision) => {
      await logAllocation(decision);
      scaling.groups.clear();
    };
    expect(await answer()).toBe('failed');
    expect(reports[0]).toMatch(/shop.*does not exist/);
  });

  test.each(['missing', 'altered'])('when its model file is %s, which is reported', async (how) => {
    const { scaling, group, answer, reports } = waitingShop();
    begin(null);
    const kept = [...s3().objects];
    for (const [key, object] of kept) {
      if (how === 'missing') s3().objects.delete(key);
      else s3().objects.set(key, { ...object, bytes: Buffer.from('other') });
    }
    // Its own hours stand in for the model.
    expect(await answer()).toBe('decided');
    for (const [key, object] of kept) s3().objects.set(key, object);
    expect(scaling.waiting.size).toBe(0);
    expect(group.minSize).toBe(FLOOR);
    expect(reports[0]).toMatch(how === 'missing' ? /does not exist/ : /altered|Checksum mismatch/);
  });

  test('when the kill switch is pulled during the decision, and its group stays as it was', async () => {
    const { scaling, group, answer, ports } = waitingShop();
    begin(null);
    let asked = 0;
    ports.mayAct = async () => ++asked === 1;
    expect(await answer()).toBe('decided');
    expect(scaling.waiting.size).toBe(0);
    expect(group.minSize).toBe(OWNER.minSize);
  });
});
