import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesScorer } from '#core/detection/metric/score-series.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { DAY_ROWS, ordinary, START, STEP, watch } from './watch-metric.ts';

const HOUR_ROWS = 12;
/** A severity that `detect` reports at well under one false alarm per metric and week. */
const REPORTED = 1.5;

type Values = (row: number, noise: number) => number;

function scores(rows: number, shape: Values): readonly number[] {
  const scorer = createSeriesScorer();
  const random = createRandom(11);
  return Array.from(
    { length: rows },
    (_, row) => scorer.score(START + row * STEP, shape(row, standardNormal(random))).score,
  );
}

/** Three times the load for two hours. */
const withFault =
  (at: number, before: Values): Values =>
  (row, noise) =>
    before(row, noise) * (row >= at && row < at + 2 * HOUR_ROWS ? 3 : 1);

const isNear = (row: number, at: number, rows: number): boolean =>
  row >= at && row < at + rows + HOUR_ROWS;

/** The fault is reported by `detect` and opens an incident in live monitoring. */
function expectFound(shape: Values, at: number): void {
  const faulty = withFault(at, shape);
  const reported = Math.max(...scores(at + 2 * HOUR_ROWS, faulty).slice(at));
  expect(reported).toBeGreaterThan(REPORTED);
  const { openedAt } = watch(at + 3 * HOUR_ROWS, faulty);
  expect(openedAt.some((row) => isNear(row, at, 2 * HOUR_ROWS))).toBe(true);
}

describe('what the detector learns', () => {
  it('reports an ordinary fault two days after a gross incident of any height, length, time', () => {
    const incident = fc.record({
      factor: fc.double({ min: 20, max: 1e5, noNaN: true }),
      rows: fc.integer({ min: 1, max: 3 * HOUR_ROWS }),
      at: fc.integer({ min: DAY_ROWS, max: 6 * DAY_ROWS }),
    });
    fc.assert(
      fc.property(incident, ({ factor, rows, at }) => {
        const isIn = (row: number): boolean => row >= at && row < at + rows;
        const shape: Values = (row, noise) => ordinary(row, noise) * (isIn(row) ? factor : 1);
        expectFound(shape, at + rows + 2 * DAY_ROWS);
      }),
      { numRuns: 12, examples: [[{ factor: 50, rows: 24, at: 5 * DAY_ROWS }]] },
    );
  });

  it('reports an ordinary fault days after one absurd value, in the first rows too', () => {
    const absurd = fc.record({
      value: fc.constantFrom(1e4, 1e9, -1e9, 1e15),
      at: fc.integer({ min: 0, max: 2 * DAY_ROWS }),
    });
    fc.assert(
      fc.property(absurd, ({ value, at }) => {
        const shape: Values = (row, noise) => (row === at ? value : ordinary(row, noise));
        expectFound(shape, 5 * DAY_ROWS + 150);
      }),
      { numRuns: 12, examples: [[{ value: 1e9, at: 36 }], [{ value: 1e9, at: 0 }]] },
    );
  });

  it('learns a gross level that lasts: the way back is reported', () => {
    const [from, to] = [5 * DAY_ROWS, 12 * DAY_ROWS];
    const shape: Values = (row, noise) => ordinary(row, noise) * (row >= from && row < to ? 50 : 1);
    const all = scores(to + DAY_ROWS, shape);
    expect(Math.max(...all.slice(from, from + HOUR_ROWS))).toBeGreaterThan(REPORTED);
    expect(Math.max(...all.slice(from + 3 * DAY_ROWS, to))).toBeLessThan(1);
    expect(Math.max(...all.slice(to, to + HOUR_ROWS))).toBeGreaterThan(0.5);
  });
});
