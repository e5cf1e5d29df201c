import { describe, expect, test } from 'vitest';
import { createAutoScalingTarget } from '#adapters/aws/auto-scaling-target.ts';
import { createMemoryFloorStore } from '#adapters/memory/memory-floor-store.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { handleLifecycleAction } from '#functions/allocation/handle-lifecycle-action.ts';
import { lifecycleEventSchema, type LifecycleAction } from '#functions/events/lifecycle-event.ts';
import { autoScalingError, emulateAutoScaling } from '#test/emulators/emulate-auto-scaling.ts';
import { LAUNCH_EVENT } from '#test/functions/events/example-events.ts';

const action = lifecycleEventSchema.parse(LAUNCH_EVENT);
const never = new AbortController().signal;
const onTime = { nowSeconds: action.atSeconds + 2, deadline: never };

/** A group with an instance that waits, and what the handler says about it. */
function waitingInstance(decide: (action: LifecycleAction) => Promise<boolean>) {
  const scaling = emulateAutoScaling();
  scaling.groups.set('shop', {
    minSize: 1,
    maxSize: 9,
    desired: 2,
    tags: new Map(),
    instances: [],
  });
  scaling.waiting.add(action.token);
  const { completeLifecycleAction: complete } = createAutoScalingTarget({
    client: scaling.client,
    floors: createMemoryFloorStore(),
    nowSeconds: () => 1_764_000_000,
    capacityOf: async () => EMPTY_FOOTPRINT,
  });
  const reports: string[] = [];
  const report = (what: string, error: unknown) => void reports.push(`${what}: ${String(error)}`);
  return { scaling, reports, ports: { decide, complete, report } };
}

describe('a lifecycle action is completed', () => {
  test('after a decision', async () => {
    const { scaling, ports, reports } = waitingInstance(async () => true);
    expect(await handleLifecycleAction(ports, action, onTime)).toBe('decided');
    expect(scaling.waiting.size).toBe(0);
    expect(scaling.sent[0]?.input).toMatchObject({ LifecycleActionResult: 'CONTINUE' });
    expect(reports).toEqual([]);
  });

  test('when the decision fails, and the failure is reported', async () => {
    const { scaling, ports, reports } = waitingInstance(() =>
      Promise.reject(new Error('the history cannot be read')),
    );
    expect(await handleLifecycleAction(ports, action, onTime)).toBe('failed');
    expect(scaling.waiting.size).toBe(0);
    expect(reports).toEqual([expect.stringMatching(/shop.*the history cannot be read/)]);
  });

  test('when the decision never comes', async () => {
    const deadline = new AbortController();
    const { scaling, ports, reports } = waitingInstance(() => {
      queueMicrotask(() => deadline.abort(new Error('no decision within 50 ms')));
      return new Promise(() => undefined);
    });
    const inTime = { ...onTime, deadline: deadline.signal };
    expect(await handleLifecycleAction(ports, action, inTime)).toBe('failed');
    expect(scaling.waiting.size).toBe(0);
    expect(reports[0]).toMatch(/no decision within 50 ms/);
  });

  test('when its time is over before the decision begins', async () => {
    const { scaling, ports } = waitingInstance(() => new Promise(() => undefined));
    const over = { ...onTime, deadline: AbortSignal.abort(new Error('no time is left')) };
    expect(await handleLifecycleAction(ports, action, over)).toBe('failed');
    expect(scaling.waiting.size).toBe(0);
  });

  test('without a new decision when its event comes again', async () => {
    const { scaling, ports } = waitingInstance(async () => false);
    expect(await handleLifecycleAction(ports, action, onTime)).toBe('repeated');
    expect(await handleLifecycleAction(ports, action, onTime)).toBe('repeated');
    expect(scaling.waiting.size).toBe(0);
  });

  test('without a decision when its event comes late', async () => {
    const decided: LifecycleAction[] = [];
    const { scaling, ports } = waitingInstance(async (late) => decided.push(late) > 0);
    const late = { ...onTime, nowSeconds: action.atSeconds + 3600 };
    expect(await handleLifecycleAction(ports, action, late)).toBe('stale');
    expect(decided).toEqual([]);
    expect(scaling.waiting.size).toBe(0);
  });
});

test('an instance that does not wait any more is no failure', async () => {
  const { scaling, ports } = waitingInstance(async () => true);
  scaling.waiting.clear();
  expect(await handleLifecycleAction(ports, action, onTime)).toBe('decided');
  scaling.groups.clear();
  expect(await handleLifecycleAction(ports, action, onTime)).toBe('decided');
});

test('an action that cannot be completed is an error, so that its event comes again', async () => {
  const { scaling, ports } = waitingInstance(async () => true);
  scaling.faults.set(
    'CompleteLifecycleActionCommand',
    autoScalingError('Throttling', 'Rate exceeded'),
  );
  await expect(handleLifecycleAction(ports, action, onTime)).rejects.toThrow(/Rate exceeded/);
  expect(scaling.waiting.has(action.token)).toBe(true);
});
