import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAccountWorld, type AccountWorld } from '#evaluation/account/account-world.ts';
import { DETAILED } from '#evaluation/account/metric-log.ts';
import { createOwnPolicies, type OwnPolicy } from '#evaluation/account/own-policies.ts';

const STEP = 300;
const DAY_STEPS = 86_400 / STEP;

const high = {
  threshold: 0.6,
  comparison: '>=',
  periodSeconds: 60,
  points: 2,
  periods: 2,
} as const;
const low = { ...high, threshold: 0.3, comparison: '<' } as const;

/** +1 from the threshold on, +3 from 20 points above it on. */
const stepsOut: OwnPolicy = {
  kind: 'step',
  alarm: high,
  type: 'change',
  steps: [
    { from: 0, to: 0.2, adjustment: 1 },
    { from: 0.2, to: Infinity, adjustment: 3 },
  ],
  leastChange: 1,
  warmUpSeconds: 300,
  cooldownSeconds: null,
};
const stepIn: OwnPolicy = {
  ...stepsOut,
  alarm: low,
  type: 'percent',
  steps: [{ from: -Infinity, to: 0, adjustment: -10 }],
};

function open(
  cores: readonly number[],
  policies: readonly OwnPolicy[],
  desired = 4,
  bootSeconds = 120,
): AccountWorld {
  return createAccountWorld({
    demand: { startSeconds: 0, stepSeconds: STEP, values: Float64Array.from(cores) },
    group: {
      sizes: { min: 1, desired, max: 20 },
      bootSeconds,
      types: [{ name: 'large', cores: 2, weight: 1 }],
    },
    monitoring: DETAILED,
    alarmDelaySeconds: 60,
    policy: (group, alarmed) => createOwnPolicies(group, alarmed, { policies, pointSeconds: 60 }),
    objective: 0.85,
    countedFromStep: 0,
  });
}

/** Desired capacity after each minute. */
function desiredOf(world: AccountWorld): number[] {
  const desired: number[] = [];
  while (world.goesOn) {
    world.passMinute();
    desired.push(world.group.sizes.desired);
  }
  return desired;
}

describe('a policy of memory', () => {
  const policies: readonly OwnPolicy[] = [
    { kind: 'tracking', target: 0.5, warmUpSeconds: 120 },
    { kind: 'tracking', target: 0.5, warmUpSeconds: 120, resource: 'memory' },
  ];
  const steps = 12;

  function desiredWith(bytes: number | undefined): number {
    const world = createAccountWorld({
      // Two cores of eight: half of the instances would do for CPU.
      demand: { startSeconds: 0, stepSeconds: STEP, values: new Float64Array(steps).fill(2) },
      ...(bytes !== undefined && {
        memory: { values: new Float64Array(steps).fill(bytes), unitBytes: 100 },
      }),
      group: {
        sizes: { min: 1, desired: 4, max: 20 },
        bootSeconds: 120,
        types: [{ name: 'large', cores: 2, weight: 1 }],
      },
      monitoring: DETAILED,
      alarmDelaySeconds: 60,
      policy: (group, alarmed, alarmedMemory) =>
        createOwnPolicies(group, alarmed, { policies, pointSeconds: 60, alarmedMemory }),
      objective: 0.85,
      countedFromStep: 0,
    });
    while (world.goesOn) world.passMinute();
    return world.group.sizes.desired;
  }

  it('scales out by it, and lets CPU scale in only as far as both agree', () => {
    expect(desiredWith(350)).toBe(7);
    expect(desiredWith(150)).toBe(3);
    expect(desiredWith(20)).toBe(2);
  });

  it('cannot be simulated without a measurement', () => {
    expect(() => desiredWith(undefined)).toThrow(RangeError);
  });
});

describe('step scaling in a simulated account', () => {
  it('takes the step of the breach, and adds to what is warm', () => {
    // 5.4 cores on 4 instances of two are 67 %; 7 cores are 88 %.
    const small = desiredOf(open([4, 5.4, 5.4], [stepsOut]));
    expect(small.slice(0, 7)).toEqual([4, 4, 4, 4, 4, 4, 4]);
    // Two points are over after seven minutes, and seen a minute later. While the instance warms up
    // the alarm goes on and asks for the same five.
    expect(small.slice(7, 11)).toEqual([5, 5, 5, 5]);
    const large = desiredOf(open([4, 7, 7], [stepsOut]));
    expect(large.slice(7, 11)).toEqual([7, 7, 7, 7]);
  });

  it('goes on from the new capacity once it is warm', () => {
    const desired = desiredOf(open([4, ...Array<number>(6).fill(9)], [stepsOut]));
    expect([...new Set(desired)]).toEqual([4, 7, 8]);
  });

  it('removes percentages, one at least, and never below the minimum', () => {
    const desired = desiredOf(open(Array<number>(30).fill(0.1), [stepIn], 20));
    expect([...new Set(desired)].slice(0, 4)).toEqual([20, 18, 17, 16]);
    expect(desired.at(-1)).toBe(1);
    expect(desired.every((units, k) => k === 0 || units <= desired[k - 1]!)).toBe(true);
  });

  it('waits for the cooldown where it is simple scaling', () => {
    const simple: OwnPolicy = {
      ...stepsOut,
      steps: [{ from: -Infinity, to: Infinity, adjustment: 1 }],
      cooldownSeconds: 600,
    };
    const desired = desiredOf(open(Array<number>(12).fill(12), [simple]));
    const raised = desired.flatMap((units, k) => (units > (desired[k - 1] ?? 4) ? [k] : []));
    expect(raised.length).toBeGreaterThan(1);
    // A boot of two minutes, and ten of cooldown.
    expect(raised[1]! - raised[0]!).toBeGreaterThanOrEqual(12);
  });

  it('sets an exact capacity', () => {
    const exact: OwnPolicy = {
      ...stepsOut,
      type: 'exact',
      steps: [{ from: 0, to: Infinity, adjustment: 9 }],
    };
    expect(desiredOf(open([4, 7, 7], [exact])).at(-1)).toBe(9);
  });
});

describe('predictive scaling in a simulated account', () => {
  const predictive: OwnPolicy = { kind: 'predictive', target: 0.5, bufferSeconds: 300 };
  /** Eight cores from six to eighteen o'clock, two at night. */
  const daily = Array.from({ length: 3 * DAY_STEPS }, (_, step) =>
    step % DAY_STEPS >= 72 && step % DAY_STEPS < 216 ? 8 : 2,
  );

  it('launches what an hour took on the day before, and never lowers it', () => {
    const world = open(daily, [predictive], 5);
    const desired = desiredOf(world);
    const minuteOf = (day: number, minute: number) => day * 1440 + minute;
    // Nothing is known on the first day.
    expect(desired[minuteOf(0, 700)]).toBe(5);
    expect(desired[minuteOf(1, 5 * 60)]).toBe(5);
    // 8 cores are four instances: eight at 50 %.
    expect(desired[minuteOf(1, 6 * 60)]).toBe(8);
    expect(desired.at(-1)).toBe(8);
    expect(world.group.sizes.min).toBe(1);
  });

  it('launches before the hour, and lets target tracking scale in down to its forecast', () => {
    const tracking: OwnPolicy = { kind: 'tracking', target: 0.5, warmUpSeconds: 120 };
    const world = open(daily, [predictive, tracking], 5);
    const desired = desiredOf(world);
    // A minute of index k ends at k + 1.
    expect(desired[2 * 1440 + 6 * 60 - 7]).toBe(2);
    expect(desired[2 * 1440 + 6 * 60 - 6]).toBe(8);
    expect(desired.at(-1)).toBe(2);
  });
});

describe('several policies of a group', () => {
  const tracking = (target: number, scalesIn = true): OwnPolicy => ({
    kind: 'tracking',
    target,
    warmUpSeconds: 120,
    scalesIn,
  });

  it('scale in only as far as all target tracking policies agree', () => {
    const quiet = Array<number>(10).fill(4);
    expect(desiredOf(open(quiet, [tracking(0.5)], 10)).at(-1)).toBe(4);
    expect(desiredOf(open(quiet, [tracking(0.5), tracking(0.25)], 10)).at(-1)).toBe(8);
    expect(desiredOf(open(quiet, [tracking(0.5), tracking(0.5, false)], 10)).at(-1)).toBe(4);
    expect(desiredOf(open(quiet, [tracking(0.5, false)], 10)).at(-1)).toBe(10);
  });

  it('keep the group within its limits', () => {
    const cores = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), {
      minLength: 2,
      maxLength: 40,
    });
    const policies = fc.subarray([
      stepsOut,
      stepIn,
      tracking(0.5),
      { kind: 'predictive', target: 0.5, bufferSeconds: 300 } satisfies OwnPolicy,
    ]);
    fc.assert(
      fc.property(cores, policies, (demand, own) => {
        const world = open(demand, own);
        while (world.goesOn) {
          world.passMinute();
          const { sizes, serving } = world.group;
          expect(sizes).toMatchObject({ min: 1, max: 20 });
          expect(sizes.desired).toBeGreaterThanOrEqual(1);
          expect(sizes.desired).toBeLessThanOrEqual(20);
          expect(serving.instances).toBeLessThanOrEqual(20);
        }
      }),
      { numRuns: 50 },
    );
  });
});
