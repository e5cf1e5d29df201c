import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import {
  INITIAL_DETECTOR_STATE,
  type DetectorState,
} from '#core/detection/incidents/detector-state.ts';
import { knownUse } from '#core/detection/incidents/late-measurement.ts';
import { openMetric } from '#core/detection/metric/metric-memory.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';

const STEP = 300;
const { missing } = DEFAULT_SETTINGS.detection;
const BREACH = {
  ...DEFAULT_SETTINGS.detection,
  missing: { ...missing, network: 'breach' },
} as const;

/** What there is of the network when a step is observed: the step that it is of, by the step. */
type NewestAt = (step: number) => number | null;

function watch(steps: number, newestAt: NewestAt) {
  let state: DetectorState = INITIAL_DETECTOR_STATE;
  const judged: number[] = [];
  let opened = 0;
  for (let step = 0; step < steps; step++) {
    const newest = newestAt(step);
    const value = (at: number) => 100 + (at % 7);
    const result = detectFootprint(
      state,
      {
        applicationId: 'shop',
        timestampSeconds: step * STEP,
        actual: { ...EMPTY_FOOTPRINT, cpu: 4, network: newest === step ? value(step) : null },
        expected: {},
        openMetric,
        ...(newest !== null &&
          newest < step && {
            late: {
              network: { measuredSeconds: newest * STEP, actual: value(newest), expected: null },
            },
          }),
      },
      BREACH,
    );
    const before = state.resources.network?.rows ?? 0;
    state = result.state;
    opened += result.opened.length;
    const { network } = state.resources;
    if (newest !== null && (network?.rows ?? 0) > before) {
      judged.push(newest);
      // What was judged is forgotten where an incident ends.
      expect(network?.recent.at(-1)?.actual ?? value(newest)).toBe(value(newest));
    }
  }
  return { state, judged, opened };
}

describe('a resource that is measured late', () => {
  it.each([1, 2, 3])(
    'by %d steps is judged once for each measurement, and is not missing',
    (lag) => {
      const { judged, opened } = watch(40, (step) => (step < lag ? null : step - lag));
      expect(judged).toEqual(Array.from({ length: 40 - lag }, (_, step) => step));
      expect(opened).toBe(0);
    },
  );

  it('from some step on is missing once, and late from then on', () => {
    const { judged, opened, state } = watch(40, (step) => (step < 20 ? step : step - 1));
    expect(new Set(judged).size).toBe(judged.length);
    expect(judged.at(-1)).toBe(38);
    expect(opened).toBe(0);
    expect(state.resources.network?.late).toEqual({
      ...{ measuredSeconds: 38 * STEP, lagSeconds: STEP },
    });
  });

  it('that stops being measured is missing, however late it was', () => {
    const { opened } = watch(40, (step) => Math.min(20, step - 1));
    expect(opened).toBe(1);
  });

  it('counts with its newest measurement in what is used, until it is missing', () => {
    const { state } = watch(20, (step) => (step < 1 ? null : step - 1));
    const use = { ...EMPTY_FOOTPRINT, cpu: 4 };
    const late = (step: number) => ({
      network: { measuredSeconds: step * STEP, actual: 7, expected: null },
    });
    expect(knownUse(use, late(18), state).network).toBe(7);
    expect(knownUse(use, late(15), state).network).toBeNull();
  });

  it('is never judged twice, whenever its measurements come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 4 }), { minLength: 30, maxLength: 30 }), (lags) => {
        let newest = -1;
        const { judged } = watch(lags.length, (step) => {
          newest = Math.max(newest, step - (lags[step] ?? 0));
          return newest < 0 ? null : newest;
        });
        expect(new Set(judged).size).toBe(judged.length);
        expect(judged).toEqual(judged.toSorted((a, b) => a - b));
      }),
    );
  });
});
