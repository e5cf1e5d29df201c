import { beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '#core/domain/settings/settings.ts';
import { replayTask } from '#tasks/replay-task.ts';
import { expecting } from '#test/core/expectation/expected-of.ts';
import { cpuWindow, HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';

const DAYS = 16;
const FIRST = 7 * 24;
/** An afternoon of the fourteenth day. */
const EVENT = { from: 13 * 24 + 9, to: 13 * 24 + 17 };
const iso = (step: number): string => new Date((MONDAY + step * 3600) * 1000).toISOString();
const span = { from: iso(EVENT.from), to: iso(EVENT.to) };
const sale = { name: 'sale', ...span, times: 2 };

/** Ten cores by day and two by night, twice as many in the event. */
const cpu = Float64Array.from({ length: DAYS * 24 }, (_, step) => {
  const hour = step % 24;
  const isEvent = step >= EVENT.from && step < EVENT.to;
  return (hour >= 7 && hour < 20 ? 10 : 2) * (1 + 0.03 * Math.sin(step * 1.7)) * (isEvent ? 2 : 1);
});

async function replayWith(settings: Settings, most = 40) {
  const visits = [7, 10, 13].map((day) => ({
    atSeconds: MONDAY + day * 86_400,
    clusterId: null,
    divergenceStreak: 0,
    cluster: null,
  }));
  const { replay } = await replayTask(
    {
      applicationId: 'shop',
      applicationType: 'web',
      window: cpuWindow(cpu),
      group: {
        instanceCapacity: { cpu: 1, memory: null, disk: null, network: null },
        limits: { minInstances: 1, maxInstances: most },
        initialInstances: 4,
      },
      fromStep: FIRST,
      settings,
      plan: { quantiles: [], baselines: [] },
      visits,
      clusterModels: [],
    },
    () => undefined,
  );
  const inService = replay.inService['foreprint']!;
  const steps = Array.from({ length: EVENT.to - EVENT.from }, (_, k) => EVENT.from + k);
  const short = steps.filter((step) => inService[step]! < replay.demand[step]!);
  const inEvent = ({ startSeconds }: { readonly startSeconds: number }) =>
    startSeconds >= MONDAY + EVENT.from * 3600 && startSeconds < MONDAY + (EVENT.to + 6) * 3600;
  return { replay, inService, short, incidents: replay.incidents.filter(inEvent) };
}

describe('an expected event in a replay', () => {
  let without: Awaited<ReturnType<typeof replayWith>>;
  let expected: Awaited<ReturnType<typeof replayWith>>;
  beforeAll(async () => {
    without = await replayWith(HOURLY);
    expected = await replayWith(expecting([sale], HOURLY));
  });

  it('is met without shortage and raises no incident, where a surprise does both', () => {
    expect(without.short.length).toBeGreaterThan(0);
    expect(without.incidents.length).toBeGreaterThan(0);
    expect(expected.short).toEqual([]);
    expect(expected.incidents).toEqual([]);
  });

  it('changes nothing before it comes into sight, and nothing teaches a day of doubled use', () => {
    const sight = EVENT.from - 24;
    expect(expected.inService.subarray(0, sight)).toEqual(without.inService.subarray(0, sight));
    // A day later, at the hours of the event.
    const nextDay = expected.inService.subarray(EVENT.from + 24, EVENT.to + 24);
    expect(Math.max(...nextDay)).toBeLessThan(18);
  });

  it('is not foreseen before the file says that it was known', async () => {
    const late = await replayWith(expecting([{ ...sale, knownFrom: iso(EVENT.from + 1) }], HOURLY));
    const first = EVENT.from + 1;
    expect(late.inService.subarray(0, first)).toEqual(without.inService.subarray(0, first));
  });

  it('holds the instances that it asks for, and never more than the maximum', async () => {
    const launch = { name: 'launch', ...span, atLeast: 33 };
    const of = (inService: Float64Array) => [...inService.subarray(EVENT.from, EVENT.to)];
    const held = await replayWith(expecting([launch], HOURLY));
    expect(Math.min(...of(held.inService))).toBe(33);
    const limited = await replayWith(expecting([launch], HOURLY), 30);
    expect(new Set(of(limited.inService))).toEqual(new Set([30]));
  });
});
