import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BEHAVIOURS, COLUMNS } from '#core/controller/service/behaviours.ts';
import { choiceAlone, choiceBeside } from '#core/controller/service/choose-behaviour.ts';
import {
  advanceServiceTrial,
  newServiceTrial,
  TRACKING,
  type ServiceTrial,
} from '#core/controller/service/service-trial.ts';

const STEP = 300;
const DAY_STEPS = 288;
const rules = { stepSeconds: STEP, warmUpHorizon: 2, usable: 0.85, rule: 'points' as const };

interface Course {
  readonly isBeside?: boolean;
  /** Instances that each column asks for. */
  readonly asked: (column: number) => number;
  readonly used: (step: number) => number;
  readonly inService?: number;
  readonly share?: number;
  readonly steps?: number;
}

function trialAfter(course: Course): ServiceTrial {
  const { isBeside = false, asked, used, inService = 100, share = 0.8, steps = DAY_STEPS } = course;
  const row = COLUMNS.map((_, column) => asked(column));
  let trial = newServiceTrial(isBeside);
  for (let step = 0; step <= steps; step++) {
    trial = advanceServiceTrial(trial, {
      asked: row,
      used: used(step),
      inService,
      share,
      ...rules,
    });
  }
  return trial;
}

describe('alone', () => {
  it('chooses the fewest instances that serve no worse than target tracking', () => {
    // Between 5 and 9 instances are used, and tracking holds 12 of them: nobody is short with 9.
    const trial = trialAfter({ asked: (column) => 5 + column, used: (step) => 5 + 4 * (step % 2) });
    expect(trial.hours[TRACKING]! / trial.hours[0]!).toBeCloseTo(12 / 5, 1);
    expect(choiceAlone(trial, STEP)?.column).toBe(4);
  });

  it('leaves the decision to target tracking where nothing serves as well', () => {
    expect(choiceAlone(trialAfter({ asked: () => 20, used: () => 30 }), STEP)).toBeNull();
  });

  it('leaves the decision to target tracking where nothing is cheaper', () => {
    expect(choiceAlone(trialAfter({ asked: () => 90, used: () => 30 }), STEP)).toBeNull();
  });

  it('begins with target tracking and tries for a day', () => {
    const course = { asked: (column: number) => 5 + column, used: () => 9 };
    expect(choiceAlone(newServiceTrial(false), STEP)).toBeNull();
    expect(choiceAlone(trialAfter({ ...course, steps: DAY_STEPS - 1 }), STEP)).toBeNull();
    expect(choiceAlone(trialAfter(course), STEP)?.column).toBe(4);
  });

  it('gives a group that was served worse than by target tracking a better behaviour', () => {
    // Tracking is short in one step of ten, and so is the column that holds 12.
    const course = {
      asked: (column: number) => (column === 0 ? 12 : 40),
      used: (step: number) => (step % 10 === 0 ? 30 : 10),
      share: 0.8,
    };
    expect(choiceAlone(trialAfter({ ...course, inService: 40 }), STEP)?.column).toBe(0);
    // The group itself was short all of the time.
    expect(choiceAlone(trialAfter({ ...course, inService: 9 }), STEP)).toBeNull();
  });

  it('holds for three decisions what it asked for where that is tried', () => {
    let trial = newServiceTrial(false);
    for (const asked of [8, 3, 2, 1]) {
      const row = COLUMNS.map(() => asked);
      trial = advanceServiceTrial(trial, {
        asked: row,
        used: 1,
        inService: 9,
        share: 0.8,
        ...rules,
      });
    }
    const newest = trial.wanted.at(-1)!;
    expect(BEHAVIOURS.map(({ holds }, k) => [holds, newest[k]])).toContainEqual([1, 1]);
    expect(BEHAVIOURS.map(({ holds }, k) => [holds, newest[k]])).toContainEqual([3, 3]);
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
    const k = BEHAVIOURS.indexOf(chosen);
    expect(trial.hours[k]).toBeLessThanOrEqual(1.07 * trial.hours[TRACKING]!);
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
          const choice = (isBeside ? choiceBeside : choiceAlone)(trial, stepSeconds);
          if (choice === null || !isTried) return;
          const most = isBeside ? 1.07 * trial.hours[TRACKING]! : trial.hours[TRACKING]!;
          expect(trial.hours[BEHAVIOURS.indexOf(choice)]).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 30 },
    );
  });
});
