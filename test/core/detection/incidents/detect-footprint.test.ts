import { describe, expect, it } from 'vitest';
import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import type { FootprintDetection } from '#core/detection/incidents/detect-footprint.ts';
import { INITIAL_DETECTOR_STATE } from '#core/detection/incidents/detector-state.ts';
import { incidentCorrection } from '#core/detection/incidents/incident-correction.ts';
import { openMetric } from '#core/detection/metric/metric-memory.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';

const settings = DEFAULT_SETTINGS.detection;
const expected = {
  cpu: { lower: 8, median: 10, upper: 12 },
  memory: { lower: 80, median: 100, upper: 120 },
};

/** Cores and bytes of consecutive five-minute steps. */
function run(pairs: readonly (readonly [number, number])[]): readonly FootprintDetection[] {
  const results: FootprintDetection[] = [];
  pairs.forEach(([cpu, memory], k) => {
    const before = results.at(-1)?.state ?? INITIAL_DETECTOR_STATE;
    const actual = { ...EMPTY_FOOTPRINT, cpu, memory };
    const observation = { applicationId: 'shop', timestampSeconds: k * 300, actual, expected };
    results.push(detectFootprint(before, { ...observation, openMetric }, settings));
  });
  return results;
}

const quiet = Array.from({ length: 12 }, () => [10, 100] as const);

describe('detectFootprint', () => {
  it('opens one incident for all resources, with its main resource and what changed', () => {
    const results = run([
      [10, 100],
      [20, 100],
      [20, 10],
      [30, 10],
      [30, 10],
      [25, 100],
    ]);
    expect(results[3]!.opened.map((i) => i.resource)).toEqual(['cpu']);
    expect(results[4]!.opened).toEqual([]);
    expect(results[4]!.open).toMatchObject([{ resource: 'cpu', resources: ['cpu', 'memory'] }]);
    expect(results[4]!.severity).toBe(9);
    expect(results.map((r) => r.changed.length)).toEqual([0, 0, 0, 1, 1, 0]);
    expect(Object.keys(results[0]!.state.resources)).toEqual(['cpu', 'memory']);
  });

  it('resolves when all resources are quiet', () => {
    const last = run([[20, 100], [20, 100], [20, 100], ...quiet]).at(-1)!;
    expect(last.resolved).toMatchObject([{ resource: 'cpu', endSeconds: 900 }]);
    expect(last.changed).toEqual(last.resolved);
    expect(last.open).toEqual([]);
  });
});

it.each(['constructor', '__proto__', 'toString'])(
  'detectFootprint: an application may be called %s',
  (applicationId) => {
    const actual = { ...EMPTY_FOOTPRINT, cpu: 10 };
    const observe = (name: string) =>
      detectFootprint(
        INITIAL_DETECTOR_STATE,
        { applicationId: name, timestampSeconds: 0, actual, expected, openMetric },
        settings,
      );
    expect(observe(applicationId)).toEqual(observe('shop'));
  },
);

describe('incidentCorrection', () => {
  it('requires the largest recent need while usage is above the forecast, and nothing afterwards', () => {
    const during = run([
      [20, 100],
      [30, 100],
      [25, 100],
    ]).at(-1)!;
    const correction = incidentCorrection(during.state);
    expect(correction.cpu).toBeCloseTo(33, 12);
    expect(correction).toMatchObject({ memory: null, disk: null, network: null });
    const after = run([[20, 100], [30, 100], [25, 100], ...quiet]).at(-1)!;
    expect(incidentCorrection(after.state)).toEqual(EMPTY_FOOTPRINT);
  });

  it('follows the need down while the incident lasts', () => {
    const ebbing = run([[90, 100], [90, 100], [90, 100], ...quiet.slice(0, 6)]).at(-1)!;
    expect(ebbing.open).toHaveLength(1);
    expect(incidentCorrection(ebbing.state).cpu).toBeCloseTo(11, 12);
  });

  it('requires nothing for an incident of low usage', () => {
    const below = run([
      [1, 100],
      [1, 100],
      [1, 100],
    ]).at(-1)!;
    expect(below.open).toMatchObject([{ direction: 'below' }]);
    expect(incidentCorrection(below.state)).toEqual(EMPTY_FOOTPRINT);
  });
});
