import {
  detectFootprint,
  type FootprintDetection,
} from '#core/detection/incidents/detect-footprint.ts';
import { INITIAL_DETECTOR_STATE } from '#core/detection/incidents/detector-state.ts';
import { openMetric } from '#core/detection/metric/metric-memory.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS, type DetectionSettings } from '#core/domain/settings/settings.ts';

export const STEP = 300;
export const DAY_ROWS = 288;
export const WEEK_ROWS = 7 * DAY_ROWS;
export const START = Date.UTC(2026, 2, 2) / 1000;

export type Shape = (row: number, noise: number) => number | null;

/**
 * Monitors an application's CPU over `rows` five-minute steps, without a trained model. Returns
 * what opened and when.
 */
export function watch(rows: number, shape: Shape, change: Partial<DetectionSettings> = {}) {
  const settings = { ...DEFAULT_SETTINGS.detection, ...change };
  const random = createRandom(11);
  let state = INITIAL_DETECTOR_STATE;
  const steps: FootprintDetection[] = [];
  for (let row = 0; row < rows; row++) {
    const actual = { ...EMPTY_FOOTPRINT, cpu: shape(row, standardNormal(random)) };
    const timestampSeconds = START + row * STEP;
    const step = detectFootprint(
      state,
      { applicationId: 'shop', timestampSeconds, actual, expected: {}, openMetric },
      settings,
    );
    state = step.state;
    steps.push(step);
  }
  const openedAt = steps.flatMap(({ opened }, row) => opened.map(() => row));
  const incidents = steps.flatMap(({ opened }) => opened);
  return { steps, openedAt, incidents, resolved: steps.flatMap(({ resolved }) => resolved) };
}

const wave = (row: number): number => Math.sin((2 * Math.PI * row) / DAY_ROWS);

/** A daily pattern with a little noise. */
export const ordinary = (row: number, noise: number): number => 10 + 5 * wave(row) + 0.3 * noise;
