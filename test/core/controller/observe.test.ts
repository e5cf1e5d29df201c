import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_CONTROLLER_STATE, type ControllerState } from '#core/controller/controller-state.ts';
import { decide } from '#core/controller/decide.ts';
import { describeDecision } from '#core/controller/describe-decision.ts';
import { observeSilence } from '#core/controller/observe-silence.ts';
import { observe, type ObservedStep } from '#core/controller/observe.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { anyState } from '#test/adapters/contracts/arbitrary-state.ts';
import { cpuForecast } from '#test/core/forecasts.ts';
import { deepFrozen } from './deep-frozen.ts';
import { demandOf, exampleInput } from './example-input.ts';

const settings: Settings = { ...DEFAULT_SETTINGS, resources: ['cpu'] };
const cpu = (amount: number | null) => ({ ...EMPTY_FOOTPRINT, cpu: amount });
const expected = { cpu: { lower: 8, median: 10, upper: 12 } };
const forecast = cpuForecast([
  [6, 8, 11],
  [6, 9, 12],
  [7, 10, 14],
]);

const step = (change: Partial<ObservedStep> = {}): ObservedStep => ({
  applicationId: 'shop',
  stepSeconds: 600,
  actual: cpu(10),
  decision: null,
  expected,
  ...change,
});

interface Played {
  readonly used: number | null;
  readonly expected: number | null;
}

/** Decides and observes step after step, as every caller does. */
function play(steps: readonly Played[], freeze = false) {
  const kept = <T>(value: T): T => (freeze ? deepFrozen(value) : value);
  let state: ControllerState | null = null;
  let desired = 1;
  return steps.map((played, k) => {
    const { target } = exampleInput();
    const at = { nowSeconds: k * 300, state, target: { ...target, desiredInstances: desired } };
    const input = exampleInput({ ...at, forecast });
    const decided = decide(kept(input), kept(demandOf(input, settings)), kept(settings));
    const { decision } = decided;
    desired = decision.instances;
    const known = played.expected;
    const interval =
      known === null ? {} : { cpu: { lower: known - 1, median: known, upper: known + 1 } };
    const observed = observe(
      kept(decided.state),
      kept(step({ stepSeconds: k * 300, actual: cpu(played.used), decision, expected: interval })),
      settings,
    );
    state = observed.state;
    return { decision, ...observed };
  });
}

const plays = fc.array(
  fc.record({
    used: fc.option(fc.double({ min: 0, max: 120, noNaN: true })),
    expected: fc.option(fc.double({ min: 1, max: 120, noNaN: true })),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('decide and observe in turns', () => {
  it('never exceed the limits, whatever is used', () => {
    fc.assert(
      fc.property(plays, (steps) => {
        for (const { decision } of play(steps)) {
          expect(decision.instances).toBeGreaterThanOrEqual(1);
          expect(decision.instances).toBeLessThanOrEqual(9);
          expect(decision.serving!.cpu).toBeLessThanOrEqual(decision.allocated.cpu!);
        }
      }),
    );
  });

  it('give the same for the same, and change nothing that they are given', () => {
    fc.assert(
      fc.property(plays, (steps) => {
        expect(play(steps, true)).toEqual(play(steps));
      }),
      { numRuns: 30 },
    );
  });
});

describe('observe', () => {
  it('takes any state that can be read, frozen, and keeps what it does not look at', () => {
    const decided = decide(exampleInput(), null, settings);
    fc.assert(
      fc.property(anyState, fc.nat(100), (state, used) => {
        const given = deepFrozen({ ...state });
        const now = step({ stepSeconds: 1e9, actual: cpu(used), decision: decided.decision });
        const { state: after } = observe(given, now, settings);
        expect(after.lastStepSeconds).toBe(1e9);
        expect(after.supply).toEqual(state.supply);
        expect(after.unannounced).toEqual(state.unannounced);
        expect(after.recentUses.at(-1)).toEqual(cpu(used));
        expect(after.recentUses.length).toBeLessThanOrEqual(3);
      }),
    );
  });

  it('demands of the next decision what outgrew the one in force', () => {
    const input = exampleInput({ forecast });
    const byCost = {
      ...settings,
      allocation: {
        ...settings.allocation,
        service: 'cost' as const,
        useEndsAtCapacity: false,
      },
    };
    const { decision, state } = decide(input, demandOf(input, byCost), byCost);
    const { state: after, events } = observe(state, step({ actual: cpu(35), decision }), byCost);
    expect(events.correction.cpu).toBe(35 / 0.7);
    const next = decide({ ...input, state: after }, demandOf(input, byCost), byCost);
    expect(next.decision.instances).toBe(5);
    expect(next.decision.reason.instances).toMatchObject({ floor: 5 });
    expect(next.state).toBe(after);
  });

  it('holds what target tracking wants of the next decision where the forecast was too low', () => {
    const input = exampleInput({ forecast });
    const { decision, state } = decide(input, demandOf(input, settings), settings);
    const { state: after } = observe(state, step({ actual: cpu(35), decision }), settings);
    const next = decide({ ...input, state: after }, demandOf(input, settings), settings);
    // One instance shows ten cores of use: what 70 % of holds fifteen, and what is in use is held.
    expect(next.decision.instances).toBe(5);
    expect(next.decision.reason.instances).toMatchObject({ decidedBy: 'tracking' });
  });

  it('tells of an incident in the step that opens it, and of its end', () => {
    let state = NEW_CONTROLLER_STATE;
    const told: string[] = [];
    for (let k = 0; k < 40; k++) {
      const actual = cpu(k >= 5 && k < 12 ? 60 : 10);
      const observed = observe(state, step({ stepSeconds: k * 300, actual }), settings);
      const { opened, resolved, changed } = observed.events;
      told.push(...opened.map(() => `opened ${k}`), ...resolved.map(() => `resolved ${k}`));
      if (opened.length + resolved.length > 0) expect(changed.length).toBeGreaterThan(0);
      state = observed.state;
    }
    expect(told).toEqual(['opened 7', 'resolved 23']);
  });

  it('changes nothing in a detector that has seen the step', () => {
    const first = observe(NEW_CONTROLLER_STATE, step({ actual: cpu(60) }), settings);
    const { detector } = first.state;
    const again = observe(
      { ...NEW_CONTROLLER_STATE, detector },
      step({ actual: cpu(60) }),
      settings,
    );
    expect(again.state.detector).toBe(detector);
    expect(again.events).toMatchObject({ opened: [], changed: [], retrain: [] });
    expect(again.state.recentUses).toEqual([cpu(60)]);
  });

  it('takes what was found out of the supply, and keeps what was known where nothing was', () => {
    const supply = { startsSeconds: [200], refusals: [], freeCpus: 8, askedAtSeconds: 500 };
    const { state } = observe(NEW_CONTROLLER_STATE, step({ supply }), settings);
    expect(state.supply).toBe(supply);
    const later = step({ stepSeconds: 900, supply: null });
    expect(observe(state, later, settings).state.supply).toBe(supply);
  });
});

describe('observeSilence', () => {
  it('is no news until it has lasted, and changes nothing but the detector then', () => {
    let state = NEW_CONTROLLER_STATE;
    for (let k = 0; k < 20; k++) {
      state = observe(state, step({ stepSeconds: k * 300 }), settings).state;
    }
    const silence = (seconds: number) =>
      observeSilence(
        deepFrozen(state),
        { applicationId: 'shop', stepSeconds: 19 * 300 + seconds, silentSeconds: 3600 },
        settings,
      );
    expect(silence(3300)).toBeNull();
    const { state: after, events } = silence(3600)!;
    expect(events.opened).toMatchObject([{ causes: ['absence'] }]);
    expect({ ...after, detector: state.detector }).toEqual(state);
  });
});

describe('describeDecision', () => {
  it('adds words and expectation and leaves the decision as it is', () => {
    const input = exampleInput({ forecast });
    const demand = demandOf(input, settings);
    const { decision } = decide(input, demand, settings);
    const described = describeDecision(decision, demand, settings);
    expect(described).toMatchObject(decision);
    expect(described.reason.summary).toContain('instance');
    expect(described.expected.atSeconds).toBe(600 + 3600);
  });
});
