import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oracle } from '#core/replay/oracle.ts';
import { summarizeTally, tallyPolicy } from '#core/replay/policy-tally.ts';
import { runRivals } from '#core/replay/rival-policies.ts';
import { targetTracking } from '#core/replay/target-tracking.ts';

const options = {
  limits: { minInstances: 1, maxInstances: 48 },
  bootSteps: 2,
  initial: 4,
  fromStep: 3,
  toStep: 8,
};

describe('targetTracking', () => {
  const demand = Float64Array.from([0.7, 2.1, 1.4, NaN, 0.1]);

  it('scales out in proportion as soon as one point lies above the target', () => {
    expect(targetTracking(demand, 2, 0.7)).toBe(3);
  });

  it('scales in to the largest need of the last three points', () => {
    expect(targetTracking(demand, 4, 0.7)).toBe(3);
    expect(targetTracking(demand, 5, 0.7)).toBe(2);
  });

  it('does nothing where nothing was measured', () => {
    expect(targetTracking(Float64Array.from([NaN, NaN, NaN]), 3, 0.7)).toBeNull();
  });
});

describe('oracle', () => {
  it('holds the largest need of the lead time', () => {
    expect(oracle(Float64Array.from([1, 5, 2.5, 9]), 0, 3)).toBe(5);
    expect(oracle(Float64Array.from([1, 5, 2.5, 9]), 3, 3)).toBe(9);
  });
});

describe('tallyPolicy', () => {
  it('adds up a hand-worked run', () => {
    const demand = Float64Array.from([9, 2, 3, NaN, 1]);
    const inService = Float64Array.from([1, 2, 1, 5, 4]);
    const tally = tallyPolicy(demand, inService, { fromStep: 1, actions: 7 });
    expect(tally).toEqual({
      steps: 3,
      shortSteps: 1,
      capacity: 7,
      demand: 6,
      unserved: 2,
      actions: 7,
    });
    expect(summarizeTally('x', tally, 300)).toEqual({
      name: 'x',
      instanceHours: 7 / 12,
      unservedDemand: 1 / 3,
      shortSteps: 1 / 3,
      scalingActions: 7,
      meanUtilization: 4 / 7,
    });
  });
});

describe('runRivals', () => {
  it('leaves nobody but the oracle a view of the future', () => {
    const steps = 40;
    const need = fc.double({ min: 0, max: 60, noNaN: true });
    const series = fc.array(need, { minLength: steps, maxLength: steps });
    fc.assert(
      fc.property(series, fc.integer({ min: 5, max: steps - 1 }), (values, cut) => {
        const whole = Float64Array.from(values);
        const changed = whole.map((value, step) => (step < cut ? value : 60 - value));
        const all = { ...options, toStep: steps };
        const [before, after] = [runRivals(whole, all), runRivals(changed, all)];
        for (const name of ['target-tracking-70', 'static-peak']) {
          const past = (runs: typeof before) =>
            runs.find((run) => run.name === name)!.inService.slice(0, cut + 1);
          expect(past(before)).toEqual(past(after));
        }
      }),
    );
  });

  it('lets the oracle serve everything once its first instances could start', () => {
    const demand = Float64Array.from([1, 2, 3, 4, 4, 9, 20, 3]);
    const { inService } = runRivals(demand, options).find(({ name }) => name === 'oracle')!;
    expect([...inService.slice(5)]).toEqual([9, 20, 3]);
  });
});
