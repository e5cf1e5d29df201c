import { describe, expect, it } from 'vitest';
import { detectFootprint } from '#core/detection/incidents/detect-footprint.ts';
import { INITIAL_DETECTOR_STATE } from '#core/detection/incidents/detector-state.ts';
import { openMetric } from '#core/detection/metric/metric-memory.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import {
  DAY_ROWS,
  ordinary,
  START,
  STEP,
  watch,
  watchOn,
  WEEK_ROWS,
  type Shape,
} from './watch-metric.ts';

/**
 * What users complain about in other anomaly detectors, each as a test. There is no trained model:
 * only the metric detector works.
 */
const wave = (row: number): number => Math.sin((2 * Math.PI * row) / DAY_ROWS);
const later = (rows: readonly number[], from: number): readonly number[] =>
  rows.filter((row) => row >= from);

describe('complaints about anomaly detection', () => {
  /** Before what happens to an ordinary application. */
  const threeWeeks = watch(3 * WEEK_ROWS, ordinary).steps;

  it('an ordinary month: hardly any alert', () => {
    const { openedAt } = watchOn(threeWeeks, 4 * WEEK_ROWS, { shape: ordinary });
    expect(later(openedAt, WEEK_ROWS).length).toBeLessThanOrEqual(2);
  });

  it('low traffic at night: two requests instead of one are no incident', () => {
    const night: Shape = (row, noise) =>
      Math.max(0, 20 * wave(row) + (wave(row) < 0 ? 0.02 * Math.abs(noise) : 0.5 * noise));
    const tripled: Shape = (row, noise) => {
      const value = night(row, noise)!;
      return row > 3 * WEEK_ROWS && wave(row) < 0 ? 3 * value + 0.05 : value;
    };
    const { openedAt } = watch(3 * WEEK_ROWS + DAY_ROWS, tripled);
    expect(later(openedAt, 3 * WEEK_ROWS)).toEqual([]);
  });

  it('a past anomaly is not expected again a day and a week later', () => {
    const at = 3 * WEEK_ROWS + 100;
    const isFault = (row: number) => row >= at && row < at + 12;
    const shape: Shape = (row, noise) => ordinary(row, noise) + (isFault(row) ? 40 : 0);
    const { openedAt } = watchOn(threeWeeks, at + WEEK_ROWS + 100, { shape });
    expect(openedAt.filter(isFault)).toHaveLength(1);
    for (const again of [at + DAY_ROWS, at + WEEK_ROWS]) {
      expect(openedAt.filter((row) => row >= again - 6 && row < again + 24)).toEqual([]);
    }
  });

  it('a level shift: one alert, which resolves at the new normal, and no repeats for weeks', () => {
    const at = 3 * WEEK_ROWS;
    const shape: Shape = (row, noise) => ordinary(row, noise) + (row >= at ? 25 : 0);
    const { openedAt, resolved } = watchOn(threeWeeks, at + 2 * WEEK_ROWS, { shape });
    const after = later(openedAt, at);
    expect(after[0]).toBeLessThan(at + 12);
    expect(after).toHaveLength(1);
    expect(resolved.at(-1)!.endSeconds! - START - at * STEP).toBeLessThan(2 * 86_400);
  });

  it('the change to daylight saving: no alert if the time zone is set', () => {
    // Europe/Berlin skips an hour on 2026-03-29; the load follows local time.
    const change = Date.UTC(2026, 2, 29, 1) / 1000;
    const rows = 5 * WEEK_ROWS;
    const shape: Shape = (row, noise) => {
      const shift = START + row * STEP >= change ? 12 : 0;
      const hour = ((row + shift) % DAY_ROWS) / 12;
      return (hour >= 8 && hour < 18 ? 20 : 5) + 0.3 * noise;
    };
    for (const zones of [
      { timeZone: 'Europe/Berlin' },
      { timeZone: 'Asia/Tokyo', timeZones: { shop: 'Europe/Berlin' } },
    ]) {
      expect(later(watch(rows, shape, zones).openedAt, 3 * WEEK_ROWS)).toEqual([]);
    }
  });

  it('a counter reset: one absurd value is not an incident', () => {
    const at = 3 * WEEK_ROWS;
    const shape: Shape = (row, noise) => (row === at ? 4e9 : ordinary(row, noise));
    const { openedAt } = watchOn(threeWeeks, at + DAY_ROWS, { shape });
    expect(later(openedAt, at)).toEqual([]);
  });

  it('an all-zero past: no alert while it lasts, an alert when it ends', () => {
    const at = 2 * WEEK_ROWS;
    const { openedAt } = watch(at + DAY_ROWS, (row) => (row < at ? 0 : 5));
    expect(openedAt.length).toBe(1);
    expect(openedAt[0]).toBeGreaterThanOrEqual(at);
  });

  it('late and repeated points change nothing', () => {
    const steps = threeWeeks.slice(0, 600);
    const { state } = steps.at(-1)!;
    for (const back of [0, 1, 500]) {
      const again = detectFootprint(
        state,
        {
          applicationId: 'shop',
          timestampSeconds: START + (599 - back) * STEP,
          actual: { ...EMPTY_FOOTPRINT, cpu: 1e6 },
          expected: {},
          openMetric,
        },
        DEFAULT_SETTINGS.detection,
      );
      expect(again).toMatchObject({ state, opened: [], changed: [] });
    }
  });

  it('variance collapse: after a standstill the next ordinary value is no alert', () => {
    const at = 3 * WEEK_ROWS;
    const still: Shape = (row, noise) => 10 + (row >= at && row < at + DAY_ROWS ? 0 : 0.5 * noise);
    const { openedAt } = watch(at + 2 * DAY_ROWS, still);
    expect(later(openedAt, at + DAY_ROWS)).toEqual([]);
  });

  it('nothing measured for an hour is an incident that ends when measurements return', () => {
    const at = WEEK_ROWS;
    const shape: Shape = (row, noise) => (row >= at && row < at + 36 ? null : ordinary(row, noise));
    const week = threeWeeks.slice(0, at);
    const { incidents, openedAt, resolved } = watchOn(week, at + DAY_ROWS, { shape });
    expect(incidents.filter(({ causes }) => causes.includes('absence'))).toHaveLength(1);
    expect(openedAt).toContain(at + 11);
    expect(resolved.at(-1)!.endSeconds).toBe(START + (at + 36) * STEP);
  });

  it('a missing metric counts as zero or as a breach, as the settings say', () => {
    const at = WEEK_ROWS;
    const both = (policy: 'ignore' | 'breach') => {
      const settings = { ...DEFAULT_SETTINGS.detection };
      const missing = { ...settings.missing, cpu: policy };
      let state = INITIAL_DETECTOR_STATE;
      let opened = 0;
      for (let row = 0; row < at + 12; row++) {
        const cpu = row >= at ? null : ordinary(row, 0);
        const actual = { ...EMPTY_FOOTPRINT, cpu, memory: 100 };
        const observation = { applicationId: 'shop', timestampSeconds: row * STEP, actual };
        const step = detectFootprint(
          state,
          { ...observation, expected: {}, openMetric },
          { ...settings, missing },
        );
        state = step.state;
        opened += row >= at ? step.opened.length : 0;
      }
      return opened;
    };
    expect(both('ignore')).toBe(0);
    expect(both('breach')).toBe(1);
  });

  it('maintenance: nothing in it is reported or learned', () => {
    const at = 3 * WEEK_ROWS;
    const shape: Shape = (row, noise) => (row >= at && row < at + 48 ? 90 : ordinary(row, noise));
    const calendar = [
      {
        kind: 'maintenance',
        applicationId: 'shop',
        fromSeconds: START + at * STEP,
        toSeconds: START + (at + 48) * STEP,
      },
    ] as const;
    const rows = at + DAY_ROWS;
    const { openedAt, steps } = watchOn(threeWeeks, rows, { shape, change: { calendar } });
    expect(later(openedAt, at)).toEqual([]);
    const memory = (row: number) => steps[row]!.state.resources.cpu!.memory;
    expect(memory(at + 47)).toBe(memory(at - 1));
  });
});
