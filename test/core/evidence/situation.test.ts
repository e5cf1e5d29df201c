import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  createUsageSeries,
  describeSituation,
  keepSituations,
  noteLevel,
} from '#core/evidence/situation.ts';

interface Shape {
  readonly stepsPerDay: number;
  readonly warmUpHorizon: number;
}

/** The situation computed directly from its definition. */
function byDefinition(
  levels: readonly number[],
  at: number,
  { stepsPerDay, warmUpHorizon }: Shape,
) {
  const peak = (from: number, to: number) => Math.max(...levels.slice(Math.max(0, from), to));
  const last = levels[at - 1]!;
  const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => at - day * stepsPerDay >= 0);
  const peaks = days.map((day) => {
    const from = at - day * stepsPerDay;
    return peak(from, Math.min(at, from + warmUpHorizon + 1));
  });
  const usual = peaks.reduce((sum, value) => sum + value, 0) / peaks.length;
  const hour = Math.max(1, Math.round(stepsPerDay / 24));
  return [last, days.length === 0 ? last : usual, peak(at - hour, at)];
}

it('is the last use, the usual peak and the peak of the last hour, for any step and horizon', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -2, max: 6, noNaN: true }), { minLength: 1, maxLength: 120 }),
      fc.record({
        stepsPerDay: fc.integer({ min: 1, max: 100 }),
        warmUpHorizon: fc.integer({ min: 1, max: 14 }),
      }),
      (levels, shape) => {
        const series = createUsageSeries(levels.length, shape);
        levels.forEach((level, step) => noteLevel(series, step, level));
        const rowAt = (at: number) => {
          const place = describeSituation(series, at);
          return [series.levels[at - 1], series.usual[place], series.recentPeak[place]];
        };
        // In descending order: a situation may be described at any time.
        for (let at = levels.length; at >= 1; at--) {
          expect(rowAt(at)).toEqual(byDefinition(levels, at, shape));
        }
        keepSituations(series);
        // The second time from what was kept.
        for (let at = 2 * levels.length; at >= 1; at--) {
          const step = 1 + (at % levels.length);
          expect(rowAt(step)).toEqual(byDefinition(levels, step, shape));
        }
      },
    ),
  );
});
