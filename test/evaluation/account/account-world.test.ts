import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceObjective } from '#core/capacity/wanted-utilization.ts';
import { openWorld, runPolicy, type AccountScenario } from '#evaluation/account/account-runs.ts';
import { BASIC } from '#evaluation/account/metric-log.ts';

const STEP = 300;

function scenario(
  cores: readonly number[],
  others: Partial<AccountScenario> = {},
): AccountScenario {
  return {
    applicationId: 'shop',
    demand: { startSeconds: 0, stepSeconds: STEP, values: Float64Array.from(cores) },
    instanceCores: 2,
    limits: { minInstances: 1, maxInstances: 20 },
    initialInstances: 4,
    bootSeconds: 180,
    fromStep: 0,
    ...others,
  };
}

const steering = { tracking: 0.5, mode: null, objective: 0.6 } as const;

/** Minute by minute: instances in service. */
function servingOf(world: ReturnType<typeof openWorld>): number[] {
  const serving: number[] = [];
  while (world.goesOn) {
    serving.push(world.group.serving.instances);
    world.passMinute();
  }
  return serving;
}

describe('target tracking in a simulated account', () => {
  it('scales out after three points above the target and a boot', () => {
    // 3 cores on 4 instances are 37 %, 6 cores 75 %: six instances hold them at 50 %.
    const demand = [...Array(6).fill(4), ...Array(6).fill(6)] as number[];
    const serving = servingOf(openWorld(scenario(demand), steering));
    // The jump comes after 30 minutes; the third minute of it is seen a minute after its end.
    expect(serving.slice(30, 37)).toEqual([4, 4, 4, 4, 4, 4, 4]);
    expect(serving.at(37)).toBe(6);
  });

  it('scales in after fifteen points below nine tenths of the target', () => {
    const demand = [...Array(2).fill(4), ...Array(8).fill(2)] as number[];
    const serving = servingOf(openWorld(scenario(demand), steering));
    expect(serving.slice(0, 26).every((instances) => instances === 4)).toBe(true);
    expect(serving.at(26)).toBe(2);
  });

  it('asks for the same number again while an alarm goes on', () => {
    const demand = [...Array(2).fill(4), ...Array(4).fill(6)] as number[];
    const world = openWorld(scenario(demand, { bootSeconds: 900 }), steering);
    while (world.goesOn) world.passMinute();
    expect(world.group.sizes.desired).toBe(6);
  });

  it('needs several rounds where utilization ends at 100 %', () => {
    const demand = [...Array(2).fill(4), ...Array(10).fill(30)] as number[];
    const serving = servingOf(openWorld(scenario(demand), steering));
    const sizes = [...new Set(serving)];
    // 30 cores need 30 instances at 50 %: twice what serves, again and again, up to the maximum.
    expect(sizes).toEqual([4, 8, 16, 20]);
  });

  it('is slower with basic monitoring', () => {
    const demand = [...Array(24).fill(4), ...Array(24).fill(6)] as number[];
    const run = (others: Partial<AccountScenario>) => runPolicy(scenario(demand, others), steering);
    expect(run({ monitoring: BASIC }).unserved).toBeGreaterThan(run({}).unserved);
  });

  it('leaves the group within its limits and counts what it was short of', () => {
    const cores = fc.array(fc.double({ min: 0, max: 60, noNaN: true }), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(cores, fc.constantFrom(0.5, 0.6, 0.7), (demand, tracking) => {
        const objective = serviceObjective(tracking);
        const world = openWorld(scenario(demand), { tracking, mode: null, objective });
        let unserved = 0;
        while (world.goesOn) {
          const wanted = demand[Math.floor(world.nowSeconds / STEP)]!;
          unserved += Math.max(0, wanted - objective * world.group.serving.cores);
          world.passMinute();
          const { sizes, serving } = world.group;
          expect(serving.instances).toBeLessThanOrEqual(sizes.max);
          expect(sizes.desired).toBeGreaterThanOrEqual(1);
        }
        const tally = world.tally();
        expect(Math.abs(tally.unserved - unserved)).toBeLessThan(1e-3);
        expect(tally.steps).toBe(demand.length);
        expect(tally.shortSteps > 0).toBe(tally.unserved > 0);
      }),
      { numRuns: 50 },
    );
  });

  it('does not count steps that the trace has not measured', () => {
    const tally = runPolicy(scenario([4, NaN, NaN, 4]), steering);
    expect(tally.steps).toBe(2);
    expect(tally.minutes).toBe(10);
  });
});
