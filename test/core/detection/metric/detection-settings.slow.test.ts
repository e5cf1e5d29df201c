import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { ordinary, watch, watchOn, WEEK_ROWS, type Shape } from './watch-metric.ts';

const AT = 2 * WEEK_ROWS + 60;
const { minimumDeviation } = DEFAULT_SETTINGS.detection;
const fault =
  (size: number): Shape =>
  (row, noise) =>
    Math.max(0, ordinary(row, noise) + (row >= AT ? size : 0));
const before = watch(AT, ordinary).steps;
const opened = (size: number, change: Parameters<typeof watch>[2] = {}): number =>
  watchOn(before, AT + 48, { shape: fault(size), change }).openedAt.filter((row) => row >= AT)
    .length;

describe('settings of detection', () => {
  it('opens no incident in a direction that is switched off', () => {
    expect(opened(40)).toBe(1);
    expect(opened(40, { direction: 'above' })).toBe(1);
    expect(opened(40, { direction: 'below' })).toBe(0);
    expect(opened(-15, { direction: 'above' })).toBe(0);
  });

  it('opens no incident for a deviation below the minimum, in the unit or as a share', () => {
    expect(opened(40, { minimumDeviation: { ...minimumDeviation, cpu: 100 } })).toBe(0);
    expect(opened(40, { minimumDeviation: { ...minimumDeviation, memory: 100 } })).toBe(1);
    expect(opened(40, { minimumRelativeDeviation: 10 })).toBe(0);
  });

  it('reports more if more false alerts are accepted', () => {
    // A few random spikes of every size a day.
    const spikes: Shape = (row, noise) => {
      const size = ((row * 7919) % 997) / 997;
      return ordinary(row, noise) + (row % 90 < 4 ? 12 * size ** 6 : 0);
    };
    const counts = [0.05, 0.7, 5].map(
      (warningsPerWeek) => watch(4 * WEEK_ROWS, spikes, { warningsPerWeek }).openedAt.length,
    );
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[2]).toBeGreaterThan(counts[0]!);
  });
});
