import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEW_CONTROLLER_STATE } from '#core/controller/controller-state.ts';
import { parseControllerState } from '#core/controller/parse-controller-state.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { anyState } from '#test/adapters/contracts/arbitrary-state.ts';
import { exampleIncident } from '#test/adapters/contracts/example-profiles.ts';

const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A state as it is where nobody asked how tried quantiles serve. */
const withoutTrial = (state: object): object =>
  Object.fromEntries(Object.entries(state).filter(([key]) => key !== 'service'));

describe('parseControllerState', () => {
  it('gives back every state that was saved', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        expect(parseControllerState(stored(state))).toStrictEqual(state);
      }),
    );
  });

  it('makes a state of anything at all, which is read as itself from then on', () => {
    const bent = fc
      .tuple(anyState, fc.anything())
      .chain(([state, junk]) =>
        fc.constantFrom(...Object.keys(state)).map((key) => ({ ...state, [key]: junk })),
      );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue(), bent), (value) => {
        const state = parseControllerState(value);
        expect(Object.keys(withoutTrial(state)).sort()).toEqual(
          Object.keys(NEW_CONTROLLER_STATE).sort(),
        );
        expect(parseControllerState(state)).toStrictEqual(state);
      }),
    );
  });

  it('begins a part that cannot be read anew and keeps the others', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const broken = { ...state, detector: { ...state.detector, version: 3 }, recentUses: [{}] };
        const { detector, recentUses } = NEW_CONTROLLER_STATE;
        expect(parseControllerState(stored(broken))).toStrictEqual({
          ...state,
          detector,
          recentUses,
        });
      }),
    );
  });

  it('keeps the open incident of the detector before, and learns its metrics anew', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { detector } = state;
        const before = { ...state, detector: { ...detector, version: 4 } };
        expect(parseControllerState(stored(before))).toStrictEqual({
          ...state,
          detector: { ...detector, resources: {} },
        });
      }),
    );
  });

  it('begins a trial of other headroom factors anew', () => {
    const { headroom } = NEW_CONTROLLER_STATE;
    const other = { ...headroom, costs: [1, 2], shortSteps: [0, 0], chosen: 1 };
    expect(parseControllerState({ ...NEW_CONTROLLER_STATE, headroom: other })).toStrictEqual(
      NEW_CONTROLLER_STATE,
    );
  });

  it('begins a state of another version anew', () => {
    fc.assert(
      fc.property(anyState, fc.oneof(fc.integer({ min: 3 }), fc.constant(1)), (state, version) => {
        expect(parseControllerState({ ...state, version })).toStrictEqual(NEW_CONTROLLER_STATE);
      }),
    );
  });
});

describe('a state of 0.1', () => {
  it('is converted with everything that it knows', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const { detector, correction, lastStepSeconds, unannounced } = state;
        const { guard, ...headroom } = state.headroom;
        const control = {
          trust: { shortageCost: 1, reactiveCost: 2, steps: 3, broken: true },
          recent: state.recentUses,
          shortages: state.shortages,
          room: { ...headroom, promise: guard },
        };
        const supply = state.supply && { supply: state.supply };
        const old = { detector, correction, control, ...supply, lastStepSeconds, unannounced };
        expect(parseControllerState(stored(old))).toStrictEqual(withoutTrial(state));
      }),
    );
  });

  it('is converted where it knows nothing but the detector and a correction', () => {
    const { detector } = NEW_CONTROLLER_STATE;
    const correction = { ...EMPTY_FOOTPRINT, cpu: 3 };
    const unannounced = [exampleIncident(300, null)];
    const old = { detector, correction, lastStepSeconds: 600, unannounced };
    expect(parseControllerState(stored(old))).toStrictEqual({
      ...NEW_CONTROLLER_STATE,
      correction,
      lastStepSeconds: 600,
      unannounced,
    });
  });
});
