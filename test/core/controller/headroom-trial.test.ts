import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import {
  advanceHeadroom,
  NEW_HEADROOM_TRIAL,
  HEADROOM_FACTORS,
  type HeadroomTrial,
} from '#core/controller/headroom-trial.ts';
import { learnFromStep, type LearntState } from '#core/controller/learn-from-step.ts';
import { headroomNeed } from '#core/controller/reactive-need.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { decideExample, exampleInput } from './example-input.ts';

const ALL = DEFAULT_SETTINGS.allocation.targetUtilization;

const COSTS = { shortageCost: 9, idleCost: 1, stepSeconds: 300, warmUpHorizon: 3, lastingSteps: 1 };

interface Step {
  readonly forecast: number;
  readonly used: number;
}

/** The trial after steps in which the forecast wanted so much and so much was used. */
function after(steps: readonly Step[], start = NEW_HEADROOM_TRIAL): HeadroomTrial {
  let recent: readonly number[] = [];
  return steps.reduce((trial, { forecast, used }) => {
    const peak = Math.max(0, ...recent);
    const wanted = HEADROOM_FACTORS.map((times) =>
      Math.max(forecast, Math.ceil(times * peak - 1e-9)),
    );
    recent = [...recent, used].slice(-3);
    return advanceHeadroom(trial, { ...COSTS, wanted, used });
  }, start);
}

const times = (count: number, step: Step) => Array<Step>(count).fill(step);

describe('advanceHeadroom', () => {
  it('keeps no headroom for a forecast that is right, and none within the first hour', () => {
    expect(after(times(200, { forecast: 5, used: 4.6 })).chosen).toBe(0);
    expect(after(times(10, { forecast: 2, used: 4.6 })).chosen).toBe(0);
  });

  it('keeps what is used where the forecast is too low, and no more than that takes', () => {
    // Five instances hold 4.6; more headroom would idle.
    expect(HEADROOM_FACTORS[after(times(40, { forecast: 2, used: 4.6 })).chosen]).toBe(1);
  });

  it('keeps headroom for growth where use outruns the forecast', () => {
    const growing = Array.from({ length: 120 }, (_, k) => {
      const used = 10 * 1.04 ** (k % 20);
      return { forecast: 5, used };
    });
    expect(HEADROOM_FACTORS[after(growing).chosen]).toBeGreaterThanOrEqual(1.1);
  });

  it('keeps none where use jumps and falls back: headroom for it would come too late', () => {
    const bursts = Array.from({ length: 240 }, (_, k) => ({
      forecast: 2,
      used: k % 8 === 0 ? 9 : 1,
    }));
    expect(after(bursts).chosen).toBe(0);
  });

  it('keeps enough to be short of nothing that target tracking holds, however little is missing', () => {
    // Once a day a fifth more than the forecast for half an hour: cheaper to miss than to hold
    // headroom all day.
    const days = Array.from({ length: 6 * 288 }, (_, k) => {
      const rush = k % 288 < 6;
      return { forecast: 10, used: rush ? 11 : 9.6 };
    });
    expect(HEADROOM_FACTORS[after(days.slice(0, 3 * 288)).chosen]).toBe(1);
    expect(HEADROOM_FACTORS[after(days).chosen]).toBe(1.1);
  });

  it('starts anew from a state that tried other headroomFactors', () => {
    const old = { ...NEW_HEADROOM_TRIAL, costs: [9, 9, 9], chosen: 2 };
    expect(after([{ forecast: 2, used: 1 }], old)).toEqual(after([{ forecast: 2, used: 1 }]));
  });

  it('comes back to no headroom as what was fades', () => {
    const missed = after(times(288, { forecast: 2, used: 4.6 }));
    expect(missed.chosen).toBe(1);
    // Bursts that the forecast sees: headroom after them is idle.
    const seen = Array.from({ length: 10 * 288 }, (_, k) =>
      k % 8 === 0 ? { forecast: 9, used: 9 } : { forecast: k % 8 > 5 ? 9 : 2, used: 2 },
    );
    expect(after(seen, missed).chosen).toBe(0);
  });

  it('never makes up costs: all are finite, and counting starts once the lead time is over', () => {
    const step = fc.record({
      forecast: fc.integer({ min: 0, max: 48 }),
      used: fc.double({ min: 0, max: 48, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { costs, steps: counted, chosen } = after(steps);
        expect(costs.every((cost) => Number.isFinite(cost) && cost >= 0)).toBe(true);
        expect(counted).toBe(Math.max(0, steps.length - 2));
        expect(HEADROOM_FACTORS[chosen]).toBeDefined();
        expect(after(steps)).toEqual(after(steps));
      }),
    );
  });
});

describe('headroomNeed', () => {
  const cpu = (amount: number | null) => ({ ...EMPTY_FOOTPRINT, cpu: amount });
  const decided = decideExample(exampleInput(), DEFAULT_SETTINGS);
  const { reason } = decided;
  const decision = {
    ...{ ...decided, serving: cpu(10) },
    // A forecast that wants one instance where two and more are used.
    reason: {
      ...reason,
      source: 'forecast' as const,
      instances: { ...reason.instances!, kept: 1 },
    },
  };

  it('demands the largest recent use with the headroom that pays, and nothing before it was tried', () => {
    const learnt = Array<number>(30)
      .fill(24)
      .reduce<LearntState>(
        (known, used) => learnFromStep(known, { actual: cpu(used), decision }, DEFAULT_SETTINGS),
        NEW_CONTROLLER_STATE,
      );
    expect(headroomNeed(learnt, ALL).cpu).toBe(24);
    const untried = { ...learnt, headroom: NEW_HEADROOM_TRIAL };
    expect(headroomNeed(untried, ALL)).toEqual(EMPTY_FOOTPRINT);
  });
});
