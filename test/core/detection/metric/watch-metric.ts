import {
  detectFootprint,
  type FootprintDetection,
} from '#core/detection/incidents/detect-footprint.ts';
import { INITIAL_DETECTOR_STATE } from '#core/detection/incidents/detector-state.ts';
import { createOpenMetrics } from '#core/detection/metric/metric-memory.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { Incident } from '#core/domain/incident.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS, type DetectionSettings } from '#core/domain/settings/settings.ts';

export const STEP = 300;
export const DAY_ROWS = 288;
export const WEEK_ROWS = 7 * DAY_ROWS;
export const START = Date.UTC(2026, 2, 2) / 1000;

export type Shape = (row: number, noise: number) => number | null;

export interface Watched {
  /** A step for every row. */
  readonly steps: readonly FootprintDetection[];
  /** Rows in which an incident was opened. */
  readonly openedAt: readonly number[];
  readonly incidents: readonly Incident[];
  readonly resolved: readonly Incident[];
}

/**
 * Monitors an application's CPU over `rows` five-minute steps, without a trained model. Returns
 * what opened and when.
 */
export function watch(
  rows: number,
  shape: Shape,
  change: Partial<DetectionSettings> = {},
): Watched {
  return watchOn([], rows, { shape, change });
}

/**
 * Goes on after rows that were watched before, which several tests may share, up to `rows` of them
 * in all.
 */
export function watchOn(
  before: readonly FootprintDetection[],
  rows: number,
  { shape, change = {} }: { readonly shape: Shape; readonly change?: Partial<DetectionSettings> },
): Watched {
  const settings = { ...DEFAULT_SETTINGS.detection, ...change };
  const random = createRandom(11);
  const openMetric = createOpenMetrics();
  const steps = [...before];
  for (let row = 0; row < rows; row++) {
    const noise = standardNormal(random);
    if (row < before.length) continue;
    const actual = { ...EMPTY_FOOTPRINT, cpu: shape(row, noise) };
    const timestampSeconds = START + row * STEP;
    const state = steps.at(-1)?.state ?? INITIAL_DETECTOR_STATE;
    steps.push(
      detectFootprint(
        state,
        { applicationId: 'shop', timestampSeconds, actual, expected: {}, openMetric },
        settings,
      ),
    );
  }
  const openedAt = steps.flatMap(({ opened }, row) => opened.map(() => row));
  const incidents = steps.flatMap(({ opened }) => opened);
  return { steps, openedAt, incidents, resolved: steps.flatMap(({ resolved }) => resolved) };
}

const wave = (row: number): number => Math.sin((2 * Math.PI * row) / DAY_ROWS);

/** A daily pattern with a little noise. */
export const ordinary = (row: number, noise: number): number => 10 + 5 * wave(row) + 0.3 * noise;
