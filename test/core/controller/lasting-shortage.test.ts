import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import {
  advanceShortages,
  lastingStepsAt,
  type ShortageEpisodes,
} from '#core/controller/lasting-shortage.ts';
import { learnFromStep, type LearntState } from '#core/controller/learn-from-step.ts';
import { lastingNeed } from '#core/controller/reactive-need.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { withQuantile } from '#evaluation/replay/frontier-variant.ts';
import { decideExample, exampleInput } from './example-input.ts';

const cpu = (amount: number | null) => ({ ...EMPTY_FOOTPRINT, cpu: amount });

/** Courses after steps with these uses, ten held. */
function after(uses: readonly (number | null)[], stepSeconds = 300): ShortageEpisodes {
  const start: ShortageEpisodes = {};
  return uses.reduce<ShortageEpisodes>(
    (episodes, used) =>
      advanceShortages(
        episodes,
        { actual: cpu(used), held: cpu(10) },
        { lastingSteps: 2, stepSeconds },
      ),
    start,
  );
}

describe('lastingStepsAt', () => {
  it('waits the longer the more shortage a quantile accepts', () => {
    const steps = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.999].map(lastingStepsAt);
    expect(steps).toEqual([12, 7, 4, 3, 2, 1, 1, 1]);
  });
});

describe('advanceShortages', () => {
  it('takes the second short step in a row for a lasting shortage, however small', () => {
    expect(after([10.1]).cpu).toMatchObject({ lasting: false });
    expect(after([10.1, 10.1]).cpu).toMatchObject({ lasting: true });
    expect(after([10.1, 9, 10.1]).cpu).toMatchObject({ lasting: false });
  });

  it('forgets a shortage of one step', () => {
    expect(after([12, 10])).toEqual({});
  });

  it('ends it after an hour inside, whatever the step', () => {
    const inside = (steps: number) => Array<number>(steps).fill(9);
    expect(after([11, 11, ...inside(11)]).cpu).toMatchObject({ lasting: true });
    expect(after([11, 11, ...inside(12)])).toEqual({});
    expect(after([11, 11, ...inside(1)], 3600)).toEqual({});
  });

  it('counts anew from every short step', () => {
    const inside = Array<number>(11).fill(9);
    expect(after([11, 11, ...inside, 11, ...inside]).cpu).toMatchObject({ lasting: true });
  });

  it('is unmoved by steps that were not measured', () => {
    const use = fc.oneof(fc.constant(9), fc.constant(11));
    fc.assert(
      fc.property(fc.array(use), fc.nat(3), (uses, gap) => {
        const gaps = uses.flatMap((used) => [used, ...Array<null>(gap).fill(null)]);
        expect(after(gaps)).toEqual(after(uses));
      }),
    );
  });
});

describe('lastingNeed', () => {
  const decided = decideExample(exampleInput(), DEFAULT_SETTINGS);
  const decision = {
    ...decided,
    serving: cpu(10),
    reason: { ...decided.reason, source: 'forecast' as const },
  };
  const stateAfter = (uses: readonly number[], quantile = 0.9) =>
    uses.reduce<LearntState>(
      (learnt, used) =>
        learnFromStep(
          learnt,
          { actual: cpu(used), decision },
          withQuantile(DEFAULT_SETTINGS, quantile),
        ),
      NEW_CONTROLLER_STATE,
    );

  it('demands the largest recent use with headroom once a shortage lasts, and nothing before', () => {
    expect(lastingNeed(stateAfter([9, 10]))).toEqual(EMPTY_FOOTPRINT);
    expect(lastingNeed(stateAfter([11], 0.8))).toEqual(EMPTY_FOOTPRINT);
    expect(lastingNeed(stateAfter([11, 10.2], 0.8))).toEqual(EMPTY_FOOTPRINT);
    expect(lastingNeed(stateAfter([11, 10.2, 10.2], 0.8)).cpu).toBe(11);
    expect(lastingNeed(stateAfter([11])).cpu).toBe(11);
    expect(lastingNeed(stateAfter([11, 10.2])).cpu).toBe(11);
    expect(lastingNeed(stateAfter([11, 10.2, 9, 9])).cpu).toBe(10.2);
  });
});
