import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { behavioursOf } from '#core/controller/service/behaviours.ts';
import { choiceByCosts } from '#core/controller/service/choose-by-costs.ts';
import { newServiceTrial } from '#core/controller/service/service-trial.ts';
import { DAY_STEPS, STEP, trialAfter } from './trial-after.ts';

const BEHAVIOURS = behavioursOf(false);
const chosen = (trial: Parameters<typeof choiceByCosts>[0], shortageCost: number) =>
  choiceByCosts(trial, { shortageCost, idleCost: 1 }, STEP);

describe('choiceByCosts', () => {
  it('holds for a burst what the burst costs to miss', () => {
    // Ten instances are used, and thirty in one step of ten. The columns hold 10, 11, 12, … and
    // tracking 13: each instance more idles in nine steps and serves in one.
    const trial = trialAfter({
      asked: (column) => 10 + column,
      used: (step) => (step % 10 === 0 ? 30 : 10),
    });
    expect(chosen(trial, 8)?.column).toBe(0);
    expect(chosen(trial, 10)?.column).toBe(20);
  });

  it('leaves the decision to target tracking where that costs least, and for the first day', () => {
    const course = { asked: () => 90, used: () => 10 };
    expect(chosen(trialAfter(course), 9)).toBeNull();
    const cheap = { asked: () => 10, used: () => 10 };
    expect(chosen(trialAfter({ ...cheap, steps: DAY_STEPS - 1 }), 9)).toBeNull();
    expect(chosen(trialAfter(cheap), 9)).not.toBeNull();
  });

  it('chooses what nothing else costs less than', () => {
    const sums = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), {
      minLength: BEHAVIOURS.length + 1,
      maxLength: BEHAVIOURS.length + 1,
    });
    fc.assert(
      fc.property(sums, sums, fc.double({ min: 0.1, max: 100 }), (hours, unserved, cost) => {
        const trial = { ...newServiceTrial(false), steps: 10 * DAY_STEPS, hours, unserved };
        const choice = chosen(trial, cost);
        const position = choice === null ? BEHAVIOURS.length : BEHAVIOURS.indexOf(choice);
        const costs = hours.map((idle, k) => cost * unserved[k]! + idle + unserved[k]!);
        expect(costs[position]).toBe(Math.min(...costs));
      }),
    );
  });
});
