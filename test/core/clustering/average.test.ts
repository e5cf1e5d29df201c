import { describe, expect, it } from 'vitest';
import { averageFootprint } from '#core/clustering/shape/average-footprint.ts';
import { averageWeek } from '#core/clustering/shape/average-week.ts';
import { meanShapeSeries } from '#core/clustering/shape/mean-shape-series.ts';
import { MONDAY, windowOf } from './windows.ts';

const hours = { days: 1, stepSeconds: 1800 };
const index = (seconds: number) => (seconds - MONDAY) / 1800;

describe('averageFootprint', () => {
  it('averages members by the hour and leaves out hours in which no member was measured', () => {
    const a = windowOf({ cpu: (s) => (index(s) < 4 ? index(s) : NaN) }, hours);
    const b = windowOf({ cpu: (s) => (index(s) < 2 ? 10 : NaN) }, hours);
    expect(averageFootprint([a, b], 'cpu')).toEqual([
      [MONDAY, (0.5 + 10) / 2],
      [MONDAY + 3600, 2.5],
    ]);
    expect(averageFootprint([a, b], 'disk')).toEqual([]);
  });
});

describe('averageWeek', () => {
  it('starts on Monday 00:00 UTC and gives members the same weight at any level', () => {
    const shape = (scale: number) => (seconds: number) => (seconds < MONDAY + 3600 ? 3 : 1) * scale;
    const days = { days: 1, startSeconds: MONDAY - 86_400 };
    const sunday = windowOf({ cpu: () => 5 }, days);
    const small = windowOf({ cpu: shape(1) }, { days: 1 });
    const large = windowOf({ cpu: shape(1000) }, { days: 1 });
    const week = averageWeek([small, large, sunday], 'cpu');
    expect(week).toHaveLength(168);
    const mean = (3 + 23) / 24;
    expect(week[0]).toBeCloseTo(3 / mean, 12);
    expect(week[23]).toBeCloseTo(1 / mean, 12);
    expect(week[24]).toBeNaN();
    expect(week[144]).toBe(1);
    expect(averageWeek([windowOf({ cpu: () => 0 })], 'cpu').every(Number.isNaN)).toBe(true);
  });
});

describe('meanShapeSeries', () => {
  it('is the mean of the members in units of their own level, with gaps as NaN', () => {
    const a = windowOf({ cpu: (s) => [1, 3, NaN, NaN][index(s)] ?? 2 }, hours);
    const b = windowOf({ cpu: (s) => [10, 10, 10, NaN][index(s)] ?? 10 }, hours);
    const series = meanShapeSeries([a, b], 'cpu')!;
    expect([...series.values.slice(0, 5)]).toEqual([0.75, 1.25, 1, NaN, 1]);
    expect(series.startSeconds).toBe(MONDAY);
    expect(series.stepSeconds).toBe(1800);
  });

  it('is null if no member used the resource, and refuses different grids', () => {
    expect(meanShapeSeries([], 'cpu')).toBeNull();
    expect(meanShapeSeries([windowOf({ cpu: () => 0 })], 'cpu')).toBeNull();
    const grids = [windowOf({ cpu: () => 1 }), windowOf({ cpu: () => 1 }, hours)];
    expect(() => meanShapeSeries(grids, 'cpu')).toThrow(/different grids/);
  });
});
