import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  detectFootprint,
  type FootprintDetection,
} from '#core/detection/incidents/detect-footprint.ts';
import {
  INITIAL_DETECTOR_STATE,
  type DetectorState,
} from '#core/detection/incidents/detector-state.ts';
import { openMetric } from '#core/detection/metric/metric-memory.ts';
import type { ExpectedInterval } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';

/** Three of five points open an incident, twelve quiet points end it. */
const settings = DEFAULT_SETTINGS.detection;
const STEP = 300;
const interval = { lower: 8, median: 10, upper: 12 };
const start = INITIAL_DETECTOR_STATE;

interface Observation {
  readonly timestampSeconds: number;
  readonly actual: number | null;
  readonly expected: ExpectedInterval | null;
}

/** One observation per value, five minutes apart; null is a gap. */
const observations = (
  values: readonly (number | null)[],
  fromSeconds = 0,
): readonly Observation[] =>
  values.map((actual, k) => ({
    timestampSeconds: fromSeconds + k * STEP,
    actual,
    expected: interval,
  }));

function observe(state: DetectorState, { timestampSeconds, actual, expected }: Observation) {
  return detectFootprint(
    state,
    {
      applicationId: 'shop',
      timestampSeconds,
      actual: { ...EMPTY_FOOTPRINT, cpu: actual },
      expected: expected === null ? {} : { cpu: expected },
      openMetric,
    },
    settings,
  );
}

function run(
  all: readonly Observation[],
  state: DetectorState = start,
): readonly FootprintDetection[] {
  let current = state;
  return all.map((observation) => {
    const result = observe(current, observation);
    current = result.state;
    return result;
  });
}

const opened = (results: readonly FootprintDetection[]) => results.flatMap((r) => r.opened);
const resolved = (results: readonly FootprintDetection[]) => results.flatMap((r) => r.resolved);
const times = <T>(value: T, count: number): T[] => Array.from({ length: count }, () => value);

describe('the lifecycle of an incident', () => {
  it('opens at the third of five points outside and starts at the first of them', () => {
    const results = run(observations([10, 20, 10, 20, 10, 20]));
    expect(opened(results)).toEqual([
      {
        applicationId: 'shop',
        resource: 'cpu',
        resources: ['cpu'],
        direction: 'above',
        level: 'warn',
        causes: [],
        suspect: 'application',
        afterDeploy: false,
        startSeconds: STEP,
        endSeconds: null,
        // (20 − 12) ÷ half width 2.
        severity: 4,
        peakActual: 20,
        expected: 10,
        lower: 8,
        upper: 12,
      },
    ]);
    expect(results.map((r) => r.opened.length > 0)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(results.map((r) => r.severity)).toEqual([0, 4, 0, 4, 0, 4]);
  });

  it('does not open for two of five, nor for points on both sides', () => {
    expect(opened(run(observations([20, 10, 20, 10, 10, 10, 20, 10])))).toEqual([]);
    expect(opened(run(observations([20, 1, 20, 1, 10])))).toEqual([]);
  });

  it('keeps the worst point of an incident and ends it at the first of twelve quiet points', () => {
    const results = run(observations([20, 20, 20, 40, 30, ...times(10, 5), 20, ...times(10, 12)]));
    expect(opened(results)).toHaveLength(1);
    expect(resolved(results)).toMatchObject([
      { startSeconds: 0, endSeconds: 11 * STEP, severity: 14, peakActual: 40 },
    ]);
    expect(results.at(-2)!.open).toHaveLength(1);
    expect(results.at(-1)!.open).toEqual([]);
  });

  it('escalates once when a warning becomes a page', () => {
    const warned = run(observations([20, 20, 20]));
    const state = warned.at(-1)!.state;
    expect(state.open).toMatchObject({ level: 'warn' });
    const strange = (atSeconds: number): DetectorState => ({
      ...state,
      resources: {
        cpu: { ...state.resources.cpu!, evidence: { atSeconds, level: 'page', causes: ['range'] } },
      },
    });
    const at = 2 * STEP;
    const worse = run(observations([21, 22, 22], at + STEP), strange(at));
    expect(worse.map(({ escalated }) => escalated.length)).toEqual([1, 0, 0]);
    expect(worse[0]).toMatchObject({
      escalated: [{ level: 'page', causes: ['range'], startSeconds: 0 }],
      changed: [{ level: 'page' }],
      opened: [],
    });
    const longAgo = run(observations([21], at + STEP), strange(at - 3 * 3600));
    expect(longAgo[0]!.escalated).toEqual([]);
  });

  it('pages once when an application with an open incident falls silent', () => {
    const open = run(observations([...times(10, 100), 20, 20, 20])).at(-1)!.state;
    const silent = run(observations(times(null, 100), 103 * STEP), open);
    const escalations = silent.flatMap(({ escalated }) => escalated);
    expect(escalations).toMatchObject([{ level: 'page', startSeconds: 100 * STEP }]);
    expect(escalations[0]!.causes[0]).toBe('absence');
    expect([...opened(silent), ...resolved(silent)]).toEqual([]);
    const back = run(observations(times(10, 12), 203 * STEP), silent.at(-1)!.state);
    expect(resolved(back)).toHaveLength(1);
  });

  it('replaces the incident by one on the other side', () => {
    const results = run(observations([20, 20, 20, 1, 1, 1]));
    expect(results.at(-1)).toMatchObject({
      opened: [{ direction: 'below', startSeconds: 3 * STEP }],
      resolved: [{ direction: 'above', endSeconds: 3 * STEP }],
    });
  });

  it('opens no new incident at the end of a long one that the forecast followed', () => {
    const lasting = observations(times(20, 24));
    const after = observations([1, 1, 1, ...times(10, 9), 1, 1, 1], 24 * STEP);
    const results = run([...lasting, ...after]);
    expect(opened(results)).toHaveLength(1);
    expect(opened(results)).toMatchObject([{ direction: 'above' }]);
    expect(resolved(results)).toHaveLength(1);
    const muchLater = observations([1, 1, 1], 36 * STEP + 3 * 3600);
    expect(opened(run([...lasting, ...after.slice(0, 12), ...muchLater]))).toHaveLength(2);
  });

  it('neither opens nor ends at gaps or missing forecasts', () => {
    const results = run(observations([20, null, 20, null, 20, ...times(null, 20), 20]));
    expect(opened(results)).toHaveLength(1);
    expect(resolved(results)).toEqual([]);
    const unforecast = { timestampSeconds: 1e6, actual: 99, expected: null };
    expect(observe(start, unforecast)).toMatchObject({ open: [], severity: 0 });
  });

  it('ends after a silence of six hours, whether rows are missing or empty', () => {
    const open = observations([20, 20, 20]);
    const absent = run([...open, ...observations([20], 7 * 3600)]);
    expect(resolved(absent)).toMatchObject([{ endSeconds: 2 * STEP }]);
    const empty = run([...open, ...observations(times(null, 80), 3 * STEP)]);
    expect(resolved(empty)).toMatchObject([{ endSeconds: 2 * STEP }]);
  });

  it('reports once a shift that the forecast never learns, and again only when it gets worse', () => {
    const week = run(observations(times(20, 7 * 288)));
    expect(opened(week)).toHaveLength(1);
    expect(resolved(week)).toMatchObject([{ startSeconds: 0, endSeconds: 86_400 }]);
    const state = week.at(-1)!.state;
    expect(opened(run(observations(times(40, 3), 1e7), state))).toHaveLength(1);
    const later = 8 * 86_400;
    const calm = run(observations(times(10, 12), later), state).at(-1)!.state;
    expect(opened(run(observations(times(20, 3), later + 12 * STEP), calm))).toHaveLength(1);
  });

  it('ignores deviations too small to matter and keeps severity finite', () => {
    const at = (actual: number, expected: Observation['expected']) =>
      observe(start, { timestampSeconds: 0, actual, expected }).severity;
    expect(at(11.9, { lower: 9.9, median: 10, upper: 10.1 })).toBe(0);
    expect(at(12.1, { lower: 9.9, median: 10, upper: 10.1 })).toBeCloseTo(4, 12);
    expect(at(5, { lower: 0, median: 0, upper: 0 })).toBe(100);
    expect(at(0, { lower: 0, median: 0, upper: 0 })).toBe(0);
    const busy = run(observations(times(10, 5))).at(-1)!.state;
    const trickle = { lower: 0, median: 0.01, upper: 0.02 };
    expect(observe(busy, { timestampSeconds: 9e3, actual: 0.1, expected: trickle }).severity).toBe(
      0,
    );
  });

  const value = fc.oneof(
    { arbitrary: fc.constantFrom(10, 11, 20, 30, 1, 2), weight: 5 },
    { arbitrary: fc.constant(null), weight: 1 },
    { arbitrary: fc.double({ min: 0, max: 1e9, noNaN: true }), weight: 1 },
  );
  const stream = fc.array(fc.tuple(value, fc.constantFrom(0, 1, 1, 1, 1, 100)), { maxLength: 120 });
  const toObservations = (pairs: readonly (readonly [number | null, number])[]) => {
    let timestampSeconds = 0;
    return pairs.map(([actual, steps]) => {
      timestampSeconds += steps * STEP;
      return { timestampSeconds, actual, expected: interval };
    });
  };

  it('continues with the same results from a saved state', () => {
    fc.assert(
      fc.property(stream, fc.nat({ max: 120 }), (pairs, cut) => {
        const all = toObservations(pairs);
        const whole = run(all);
        const head = run(all.slice(0, cut));
        const saved = JSON.stringify(head.at(-1)?.state ?? start);
        const tail = run(all.slice(cut), JSON.parse(saved) as DetectorState);
        expect([...head, ...tail]).toEqual(whole);
      }),
    );
  });

  it('opens and resolves in turn, ends after the start, and ignores repeated and late observations', () => {
    fc.assert(
      fc.property(stream, (pairs) => {
        const all = toObservations(pairs);
        const results = run(all);
        const [begun, ended] = [opened(results), resolved(results)];
        const open = results.at(-1)?.open.length ?? 0;
        expect(begun.length - ended.length).toBe(open);
        ended.forEach((incident, k) => {
          expect(incident.startSeconds).toBe(begun[k]!.startSeconds);
          expect(incident.endSeconds!).toBeGreaterThan(incident.startSeconds);
          expect(incident.severity).toBeGreaterThanOrEqual(begun[k]!.severity);
        });
        const doubled = run(all.flatMap((observation) => [observation, observation]));
        expect(opened(doubled)).toEqual(begun);
        expect(resolved(doubled)).toEqual(ended);
      }),
    );
  });
});
