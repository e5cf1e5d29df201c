import { describe, expect, it } from 'vitest';
import { choiceForLevel, isAboveLevel } from '#core/controller/service/choose-for-level.ts';
import { newServiceTrial } from '#core/controller/service/service-trial.ts';
import { DAY_STEPS, STEP, trialAfter } from './trial-after.ts';

/** Ten instances are used, and so many more in one step of twenty. */
const burst = (more: number) => (step: number) => (step % 20 === 0 ? 10 + more : 10);
const WEEK = 7 * DAY_STEPS;

describe('choiceForLevel', () => {
  it('chooses the fewest instances that are short for no more of the time than asked for', () => {
    // Column k holds 10 + k. Tracking holds 13.
    const course = { asked: (column: number) => 10 + column, used: burst(2), steps: WEEK };
    const trial = trialAfter(course);
    expect(choiceForLevel(trial, 0.06, STEP)?.column).toBe(0);
    // Nobody is short with two more, and one of margin is left where hardly anything is allowed.
    expect(choiceForLevel(trial, 0.001, STEP)?.column).toBe(3);
  });

  it('chooses what was short least where nothing reaches the level', () => {
    const trial = trialAfter({
      asked: (column) => (column === 7 ? 11 : 10),
      used: (step) => (step % 20 === 0 ? 99 : 10 + (step % 2)),
      share: 1,
      steps: WEEK,
    });
    expect(choiceForLevel(trial, 0.001, STEP)?.column).toBe(7);
  });

  it('asks for more of a group that was short for longer', () => {
    const course = { asked: (column: number) => 10 + column, used: burst(6), steps: WEEK };
    expect(choiceForLevel(trialAfter({ ...course, inService: 16 }), 0.06, STEP)?.column).toBe(0);
    expect(choiceForLevel(trialAfter({ ...course, inService: 9 }), 0.06, STEP)?.column).toBe(6);
  });

  it('begins with target tracking', () => {
    const course = { asked: () => 10, used: () => 10, steps: DAY_STEPS - 1 };
    expect(choiceForLevel(newServiceTrial(false), 0.1, STEP)).toBeNull();
    expect(choiceForLevel(trialAfter(course), 0.1, STEP)).toBeNull();
  });
});

describe('isAboveLevel', () => {
  it('compares the time for which the group was short with the level', () => {
    const course = { asked: () => 20, used: burst(5), inService: 12, steps: 10 * WEEK };
    const trial = trialAfter(course);
    expect(isAboveLevel(trial, 0.049, STEP)).toBe(true);
    expect(isAboveLevel(trial, 0.054, STEP)).toBe(false);
  });
});
