import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandBehind } from '#core/capacity/censored-demand.ts';
import { behavioursOf, COLUMNS } from '#core/controller/service/behaviours.ts';
import { choiceAlone, choiceBeside } from '#core/controller/service/choose-behaviour.ts';
import {
  advanceServiceTrial,
  newServiceTrial,
  type ServiceTrial,
} from '#core/controller/service/service-trial.ts';
import { MOST_WAITING } from '#core/controller/service/waiting-steps.ts';
import { DAY_STEPS, rules, STEP, trialAfter } from './trial-after.ts';

const alone = (trial: ServiceTrial) => choiceAlone(trial, 'points', STEP);

/** Every column asks for so many instances, one decision after the other. */
function trialOf(counts: readonly number[]): ServiceTrial {
  return counts.reduce(
    (trial, count) =>
      advanceServiceTrial(trial, {
        asked: COLUMNS.map(() => count),
        used: 1,
        inService: 9,
        share: 0.8,
        ...rules,
      }),
    newServiceTrial(false),
  );
}

describe('alone', () => {
  it('chooses the fewest instances that serve no worse than target tracking', () => {
    // Between 5 and 9 instances are used, and in one step of five more than tracking's 12.
    const trial = trialAfter({
      asked: (column) => 5 + column,
      used: (step) => (step % 5 === 0 ? 30 : 5 + 4 * (step % 2)),
    });
    expect(trial.short.at(-1)).toBeGreaterThan(50);
    expect(alone(trial)?.column).toBe(4);
  });

  it('leaves a quantile of margin where target tracking was hardly ever short', () => {
    // Between 5 and 9 instances are used, and tracking holds 12 of them: nobody is short with 9.
    const trial = trialAfter({ asked: (column) => 5 + column, used: (step) => 5 + 4 * (step % 2) });
    expect(trial.hours.at(-1)! / trial.hours[0]!).toBeCloseTo(12 / 5, 1);
    expect(alone(trial)?.column).toBe(5);
  });

  it('leaves the decision to target tracking where nothing serves as well', () => {
    expect(alone(trialAfter({ asked: () => 20, used: () => 30 }))).toBeNull();
  });

  it('leaves the decision to target tracking where nothing is cheaper', () => {
    expect(alone(trialAfter({ asked: () => 90, used: () => 30 }))).toBeNull();
  });

  it('begins with target tracking and tries for a day', () => {
    const course = { asked: (column: number) => 5 + column, used: () => 9 };
    expect(alone(newServiceTrial(false))).toBeNull();
    expect(alone(trialAfter({ ...course, steps: DAY_STEPS - 1 }))).toBeNull();
    expect(alone(trialAfter(course))?.column).toBe(5);
  });

  it('gives a group that was served worse than by target tracking a better behaviour', () => {
    // Tracking is short in one step of ten, and so is the column that holds 12.
    const course = {
      asked: (column: number) => (column === 0 ? 12 : 40),
      used: (step: number) => (step % 10 === 0 ? 30 : 10),
      share: 0.8,
    };
    expect(alone(trialAfter({ ...course, inService: 40 }))?.column).toBe(0);
    // The group itself was short all of the time.
    expect(alone(trialAfter({ ...course, inService: 9 }))).toBeNull();
  });

  it('spends a better record than target tracking’s on fewer instances, but not in an account', () => {
    // The group was never short. Tracking holds 12 and is short in one step of ten, as 12 is; 10 is
    // short in one more of forty.
    const course = {
      asked: (column: number) => (column === 0 ? 10 : 12),
      used: (step: number) => (step % 10 === 0 ? 30 : step % 40 === 5 ? 11 : 10),
      share: 0.85,
      inService: 40,
    };
    const trial = trialAfter(course);
    expect(trial.hours[0]).toBeLessThan(trial.hours[1]!);
    expect(choiceAlone(trial, 'points', STEP)?.column).toBe(0);
    expect(choiceAlone(trial, 'alarms', STEP)?.column).not.toBe(0);
  });

  it('tries nothing that the next decision takes back', () => {
    const trial = trialOf([9, 4]);
    expect(Math.min(...trial.wanted.at(-1)!.slice(0, -1))).toBe(9);
  });

  it('holds for three decisions what it asked for where that is tried', () => {
    const newest = trialOf([8, 3, 2, 1]).wanted.at(-1)!;
    const behaviours = behavioursOf(false);
    expect(behaviours.map(({ holds }, k) => [holds, newest[k]])).toContainEqual([2, 2]);
    expect(behaviours.map(({ holds }, k) => [holds, newest[k]])).toContainEqual([3, 3]);
  });
});

describe('a step in which use ended at the capacity', () => {
  /** Ten instances of which 85 % may be used show 11.8 at most, from which 16.8 are estimated. */
  const full = 10 / 0.85;
  const estimate = demandBehind(full, full);
  const shared = { asked: COLUMNS.map(() => 13), inService: 10, share: 0.8, ...rules };

  function after(uses: readonly number[]): ServiceTrial {
    return uses.reduce(
      (trial, used) => advanceServiceTrial(trial, { ...shared, used }),
      newServiceTrial(false),
    );
  }

  it('waits for one that shows what was demanded, and is then counted on the line to it', () => {
    const waiting = after([8, 8, estimate]);
    expect(waiting.waiting).toHaveLength(1);
    expect([waiting.steps, waiting.own.short]).toEqual([1, 0]);
    // Between 8 and 9 lies less than what was measured.
    const settled = after([8, 8, estimate, 9]);
    expect(settled.waiting).toEqual([]);
    expect([settled.steps, settled.own.short, settled.short[0]]).toEqual([3, expect.closeTo(1), 0]);
    expect(settled.own.unserved).toBeCloseTo(full - 10, 2);
  });

  it('counts by the estimates where no later step shows it', () => {
    const trial = after([8, 8, ...Array<number>(MOST_WAITING).fill(estimate)]);
    expect(trial.waiting).toEqual([]);
    expect(trial.steps).toBe(1 + MOST_WAITING);
    expect(trial.unserved[0]).toBeCloseTo(MOST_WAITING * (estimate - 13), 0);
  });

  it('is counted at once, as it is, where use does not end at the capacity', () => {
    const trial = [8, 8, estimate].reduce(
      (before, used) => advanceServiceTrial(before, { ...shared, used, endsAtCapacity: false }),
      newServiceTrial(false),
    );
    expect([trial.waiting, trial.steps]).toEqual([[], 2]);
    expect(trial.own.unserved).toBeCloseTo(estimate - 10, 1);
  });

  it('is counted at once where demand is known beyond the capacity', () => {
    const trial = after([8, 8, 30]);
    expect([trial.waiting, trial.steps]).toEqual([[], 2]);
    expect(trial.own.unserved).toBeCloseTo(20, 1);
  });
});

describe('beside a policy', () => {
  it('chooses the floor that leaves the fewest short steps within a budget of hours', () => {
    // Tracking holds 50; every third step uses 51, so that a floor of 51 and more is never short.
    const trial = trialAfter({
      isBeside: true,
      asked: (column) => 45 + column,
      used: (step) => (step % 3 === 0 ? 51 : 40),
      share: 0.99,
    });
    const chosen = choiceBeside(trial, STEP)!;
    const k = behavioursOf(true).indexOf(chosen);
    expect(trial.hours[k]).toBeLessThanOrEqual(1.07 * trial.hours.at(-1)!);
    expect(trial.short[k]).toBe(Math.min(...trial.short));
  });

  it('begins with a middling quantile', () => {
    expect(choiceBeside(newServiceTrial(true), STEP)).toMatchObject({ quantile: 0.85, holds: 1 });
  });
});

describe('whatever was seen', () => {
  const row = fc.array(fc.integer({ min: 0, max: 50 }), {
    minLength: COLUMNS.length,
    maxLength: COLUMNS.length,
  });
  const step = fc.record({
    asked: row,
    used: fc.double({ min: 0, max: 60, noNaN: true }),
    inService: fc.integer({ min: 0, max: 50 }),
  });

  it('chooses nothing dearer than target tracking alone, and keeps the budget beside', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.integer({ min: 60, max: 90_000 }),
        fc.boolean(),
        (steps, stepSeconds, isBeside) => {
          const trial = steps.reduce(
            (before, one) =>
              advanceServiceTrial(before, { ...rules, ...one, stepSeconds, share: 0.8 }),
            newServiceTrial(isBeside),
          );
          const isTried = trial.steps * stepSeconds >= 86_400;
          const choice = isBeside
            ? choiceBeside(trial, stepSeconds)
            : choiceAlone(trial, 'points', stepSeconds);
          if (choice === null || !isTried) return;
          const most = isBeside ? 1.07 * trial.hours.at(-1)! : trial.hours.at(-1)!;
          expect(trial.hours[behavioursOf(isBeside).indexOf(choice)]).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 30 },
    );
  });
});
