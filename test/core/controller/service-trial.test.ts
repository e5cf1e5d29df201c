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

const STEP = 300;
const DAY_STEPS = 288;
const rules = { stepSeconds: STEP, warmUpHorizon: 2 };

/** The trial after a day of steps: each quantile wants one instance more than the one before. */
function afterDay(first: number, reactive: number, used: (step: number) => number): ServiceTrial {
  const wanted = [...TRIED_QUANTILES.map((_, k) => first + k), reactive];
  let trial = NEW_SERVICE_TRIAL;
  for (let step = 0; step <= DAY_STEPS; step++) {
    trial = advanceServiceTrial(trial, { wanted, used: used(step), ...rules });
  }
  return trial;
}

describe('the trial of quantiles', () => {
  it('chooses the cheapest that serves no worse than reactive behaviour', () => {
    // Nine instances are used at most, and reactive behaviour holds twelve: the fifth holds nine.
    const trial = afterDay(5, 12, (step) => 5 + 4 * (step % 2));
    expect(choiceAlone(trial, STEP)).toBe(TRIED_QUANTILES[4]);
  });

  it('chooses reactive behaviour where no quantile serves as well', () => {
    expect(choiceAlone(afterDay(1, 30, () => 30), STEP)).toBe('reactive');
  });

  it('chooses a floor whose hours stay within the budget beside a policy', () => {
    // The floors hold 90 to 101 instances and the policy 98: 102.4 are within the budget.
    expect(choiceBeside(afterDay(90, 98, () => 80), STEP)).toBe(TRIED_QUANTILES.at(-1));
    // Of floors of 20 to 31 instances, 23 are within the budget of a policy that holds 22.
    expect(choiceBeside(afterDay(20, 22, () => 18), STEP)).toBe(TRIED_QUANTILES[2]);
  });

  it('chooses something whatever was seen', () => {
    const row = fc.array(fc.integer({ min: 0, max: 50 }), {
      minLength: TRIED_QUANTILES.length + 1,
      maxLength: TRIED_QUANTILES.length + 1,
    });
    const step = fc.record({ wanted: row, used: fc.double({ min: 0, max: 60, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.integer({ min: 1, max: 90_000 }), (steps, stepSeconds) => {
        const trial = steps.reduce(
          (before, one) => advanceServiceTrial(before, { ...one, stepSeconds, warmUpHorizon: 2 }),
          NEW_SERVICE_TRIAL,
        );
        const alone = choiceAlone(trial, stepSeconds);
        expect(alone === 'reactive' || TRIED_QUANTILES.includes(alone)).toBe(true);
        expect(TRIED_QUANTILES).toContain(choiceBeside(trial, stepSeconds));
        if (typeof alone === 'number' && trial.steps * stepSeconds >= 86_400) {
          const k = TRIED_QUANTILES.indexOf(alone);
          expect(trial.unserved[k]).toBeLessThanOrEqual(trial.unserved.at(-1)!);
          expect(trial.alone[k]).toBeLessThan(trial.alone.at(-1)!);
        }
      }),
    );
  });

  it('counts more instances at higher quantiles', () => {
    const shares = [Float64Array.from([1, 0.9, 0.5, 0.3, 0.1, 0.04, 0.001])];
    const tried = triedInstances(shares, 3);
    expect([...tried].sort((a, b) => a - b)).toEqual(tried);
    expect(tried[0]).toBe(3);
    expect(tried.at(-1)).toBe(6);
  });
});
