import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceServiceTrial,
  choiceAlone,
  choiceBeside,
  NEW_SERVICE_TRIAL,
  TRIED_QUANTILES,
  triedInstances,
  type ServiceTrial,
} from '#core/controller/service-trial.ts';
import { NEW_TRACKED_GROUP, trackStep } from '#core/controller/tracked-group.ts';

const STEP = 300;
const DAY_STEPS = 288;
const rules = { stepSeconds: STEP, warmUpHorizon: 2, usable: 0.8 };

/** The trial after a day of steps: each quantile wants one instance more than the one before. */
function afterDay(first: number, share: number, used: (step: number) => number): ServiceTrial {
  const wanted = TRIED_QUANTILES.map((_, k) => first + k);
  let trial = NEW_SERVICE_TRIAL;
  for (let step = 0; step <= DAY_STEPS; step++) {
    trial = advanceServiceTrial(trial, { wanted, share, used: used(step), ...rules });
  }
  return trial;
}

describe('the trial of quantiles', () => {
  it('chooses the cheapest that serves no worse than target tracking', () => {
    // Nine instances are used at most, and tracking holds them at 75 %: the fifth holds nine.
    const trial = afterDay(5, 0.75, (step) => 5 + 4 * (step % 2));
    expect(trial.groups.at(-1)?.desired).toBe(12);
    expect(choiceAlone(trial, STEP)).toEqual({ quantile: TRIED_QUANTILES[4] });
  });

  it('chooses what target tracking wants where no quantile serves as well', () => {
    expect(
      choiceAlone(
        afterDay(1, 0.75, () => 30),
        STEP,
      ),
    ).toEqual({ instances: 40 });
  });

  it('chooses a floor whose hours stay within the budget beside a policy', () => {
    // The floors hold 90 to 103 instances and the policy 98: 104.9 are within the budget.
    const wide = afterDay(90, 0.5, () => 49);
    expect(choiceBeside(wide, STEP)).toEqual({ quantile: TRIED_QUANTILES.at(-1) });
    // Of floors of 20 to 33 instances, 23 are within the budget of a policy that holds 22.
    const tight = afterDay(20, 0.5, () => 11);
    expect(choiceBeside(tight, STEP)).toEqual({ quantile: TRIED_QUANTILES[3] });
  });

  it('chooses something whatever was seen', () => {
    const wanted = fc.array(fc.integer({ min: 0, max: 50 }), {
      minLength: TRIED_QUANTILES.length,
      maxLength: TRIED_QUANTILES.length,
    });
    const step = fc.record({ wanted, used: fc.double({ min: 0, max: 60, noNaN: true }) });
    const seconds = fc.integer({ min: 1, max: 90_000 });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), seconds, (steps, stepSeconds) => {
        const trial = steps.reduce(
          (before, one) =>
            advanceServiceTrial(before, {
              ...one,
              stepSeconds,
              share: 0.8,
              usable: 0.85,
              warmUpHorizon: 2,
            }),
          NEW_SERVICE_TRIAL,
        );
        expect(TRIED_QUANTILES).toContain(choiceBeside(trial, stepSeconds).quantile);
        const alone = choiceAlone(trial, stepSeconds);
        if ('instances' in alone || trial.steps * stepSeconds < 86_400) return;
        const k = TRIED_QUANTILES.indexOf(alone.quantile);
        expect(trial.unserved[k]).toBeLessThanOrEqual(trial.unserved.at(-1)!);
        expect(trial.alone[k]).toBeLessThan(trial.alone.at(-1)!);
      }),
    );
  });

  it('counts more instances at higher quantiles', () => {
    const shares = [Float64Array.from([1, 0.9, 0.5, 0.3, 0.1, 0.04, 0.001])];
    const tried = triedInstances(shares, 3);
    expect([...tried].sort((a, b) => a - b)).toEqual(tried);
    expect(tried[0]).toBe(2);
    expect(tried.at(-1)).toBe(6);
  });
});

describe('what target tracking wants', () => {
  const after = (uses: readonly number[], held: number) =>
    uses.reduce(
      (before, used) =>
        trackStep(before, { used, held, share: 0.8, usable: 0.85, stepSeconds: STEP }),
      { ...NEW_TRACKED_GROUP, desired: held },
    ).desired;

  it('grows at once above the target', () => {
    expect(after([8.1], 10)).toBe(11);
    expect(after([8], 10)).toBe(10);
  });

  it('falls to the newest use after fifteen minutes below nine tenths of the target', () => {
    expect(after([7, 7], 10)).toBe(10);
    expect(after([7, 6, 4], 10)).toBe(5);
    expect(after([7, 7, 7.5, 7, 7], 10)).toBe(10);
  });

  it('sees no more use than there is capacity', () => {
    // 10 instances of which 85 % may be used show 11.8 at most.
    expect(after([40], 10)).toBe(15);
  });

  it('does not fall while something starts', () => {
    const before = { desired: 12, lowSteps: 9 };
    const { desired } = trackStep(before, {
      used: 2,
      held: 10,
      share: 0.8,
      usable: 0.85,
      stepSeconds: STEP,
    });
    expect(desired).toBe(12);
  });
});
