import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_BASELINES, findBaseline } from '#evaluation/baselines/all-baselines.ts';
import { summarizeTally, tallyPolicy } from '#evaluation/replay/policy-tally.ts';
import {
  runBaselines,
  sweepBaselines,
  type BaselineScenario,
} from '#evaluation/replay/run-baselines.ts';
import { WHOLE_SERVICE } from '#evaluation/simulation/service-rule.ts';

const options = {
  limits: { minInstances: 1, maxInstances: 48 },
  warmUpSteps: 2,
  initial: 4,
  fromStep: 3,
  toStep: 8,
};

const scenario = (
  demand: Float64Array,
  change: Partial<typeof options> = {},
): BaselineScenario => ({
  demand,
  stepSeconds: 3600,
  startSeconds: 0,
  options: { ...options, ...change },
  service: WHOLE_SERVICE,
});

describe('tallyPolicy', () => {
  it('adds up a hand-worked run', () => {
    const demand = Float64Array.from([9, 2, 3, NaN, 1]);
    const inService = Float64Array.from([1, 2, 1, 5, 4]);
    const tally = tallyPolicy(demand, inService, { fromStep: 1, actions: 7, objective: 1 });
    expect(tally).toMatchObject({
      steps: 3,
      shortSteps: 1,
      capacity: 7,
      demand: 6,
      unserved: 2,
      used: 4,
      actions: 7,
    });
    expect(summarizeTally('x', tally, { stepSeconds: 300, reference: null })).toMatchObject({
      name: 'x',
      instanceHours: 7 / 12,
      unservedDemand: 1 / 3,
      shortSteps: 1 / 3,
      scalingActions: 7,
      meanUtilization: 4 / 7,
    });
  });
});

describe('a policy whose measurements end at the capacity', () => {
  const capped = (demand: Float64Array): BaselineScenario => ({
    ...scenario(demand, { fromStep: 2, toStep: demand.length, warmUpSteps: 1, initial: 1 }),
    service: { objective: 0.85, isCapped: true, threshold: 0 },
  });

  it('climbs step by step where demand jumped beyond it', () => {
    const demand = new Float64Array(12).fill(9);
    demand.fill(0.5, 0, 2);
    const [run] = runBaselines([findBaseline('target-tracking-70')], capped(demand));
    // A step shows at most the capacity, and what is wanted for it starts a step later.
    expect([...run!.inService.subarray(2)]).toEqual([1, 1, 2, 2, 3, 3, 5, 5, 8, 8]);
  });

  it('counts demand above the objective as unserved', () => {
    const demand = Float64Array.of(0.5, 0.5, 0.9, 0.9);
    const [run] = runBaselines([findBaseline('static-peak')], capped(demand));
    expect(run!.tally).toMatchObject({ shortSteps: 2, unserved: 2 * (0.9 - 0.85), used: 1.8 });
  });

  it('shows the oracle all demand, which plans for the objective', () => {
    const demand = new Float64Array(6).fill(3);
    const [run] = runBaselines([findBaseline('oracle')], capped(demand));
    expect([...run!.inService.subarray(3)]).toEqual([4, 4, 4]);
  });
});

describe('runBaselines', () => {
  it.each([660, 3300, 18_000, 25_200, 86_400, 90_000, 432_000, 604_800, 2_592_000])(
    'serves a constant demand with every policy in steps of %i s',
    (stepSeconds) => {
      const steps = Math.max(60, Math.ceil((16 * 86_400) / stepSeconds));
      const demand = new Float64Array(steps).fill(6);
      const at = { fromStep: steps >> 1, toStep: steps, warmUpSteps: 1, initial: 1 };
      const runs = runBaselines(ALL_BASELINES, { ...scenario(demand, at), stepSeconds });
      for (const { name, inService } of runs) {
        const late = inService.slice(-5);
        expect([name, late.every((count) => count >= 6 && count <= 24)]).toEqual([name, true]);
      }
    },
  );

  it('shows the future to no policy but the oracle', () => {
    const steps = 120;
    const need = fc.double({ min: 0, max: 60, noNaN: true });
    const series = fc.array(need, { minLength: steps, maxLength: steps });
    fc.assert(
      fc.property(series, fc.integer({ min: 60, max: steps - 1 }), (values, cut) => {
        const whole = Float64Array.from(values);
        const changed = whole.map((value, step) => (step < cut ? value : 60 - value));
        const all = { fromStep: 50, toStep: steps };
        const [before, after] = [whole, changed].map((demand) =>
          runBaselines(ALL_BASELINES, scenario(demand, all)),
        );
        before!.forEach(({ name, inService }, k) => {
          if (name === 'oracle') return;
          expect(inService.slice(0, cut + 1)).toEqual(after![k]!.inService.slice(0, cut + 1));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('keeps every policy within the limits, with gaps and without demand', () => {
    const demand = Float64Array.from({ length: 400 }, (_, k) =>
      k % 17 === 3 ? NaN : 30 * (1 + Math.sin(k / 4)) + (k % 50 === 0 ? 100 : 0),
    );
    const idle = new Float64Array(400);
    for (const values of [demand, idle, idle.map(() => NaN)]) {
      for (const { inService } of runBaselines(
        ALL_BASELINES,
        scenario(values, { fromStep: 200, toStep: 400 }),
      )) {
        for (const instances of inService.subarray(200)) {
          expect(instances).toBeGreaterThanOrEqual(1);
          expect(instances).toBeLessThanOrEqual(48);
          expect(Number.isInteger(instances)).toBe(true);
        }
      }
    }
  });

  it('lets the oracle serve all demand once its first instances could start', () => {
    const demand = Float64Array.from([1, 2, 3, 4, 4, 9, 20, 3]);
    const runs = runBaselines(ALL_BASELINES, scenario(demand));
    const { inService } = runs.find(({ name }) => name === 'oracle')!;
    expect([...inService.slice(5)]).toEqual([9, 20, 3]);
  });
});

describe('sweepBaselines', () => {
  it('runs a policy at every setting of its knob, under the name of its frontier', () => {
    const demand = Float64Array.from([1, 2, 3, 4, 4, 9, 20, 3]);
    const [baseline] = ALL_BASELINES;
    const points = sweepBaselines([{ baseline: baseline!, knobs: [0.5, 1] }], scenario(demand));
    expect(points.map(({ policy, knob }) => [policy, knob])).toEqual([
      ['target-tracking', 0.5],
      ['target-tracking', 1],
    ]);
    expect(points[0]!.tally.capacity).toBeGreaterThan(points[1]!.tally.capacity);
  });
});
