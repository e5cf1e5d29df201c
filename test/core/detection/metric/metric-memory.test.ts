import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  createOpenMetrics,
  openMetric,
  type OpenMetric,
} from '#core/detection/metric/metric-memory.ts';

interface Row {
  readonly value: number;
  /** False on an unusual day, of which nothing is saved. */
  readonly isKept: boolean;
  readonly metric: 0 | 1;
}

/** Scores of two metrics that are opened in every row, and what is saved of them. */
function judged(rows: readonly Row[], open: OpenMetric) {
  const saved: (string | null)[] = [null, null];
  return rows.map(({ value, isKept, metric }, row) => {
    const { detector, threshold, save } = open(saved[metric]!);
    const score = detector.score(row * 300, value, null);
    threshold.learn(score.severity, detector.rowsPerDay());
    if (isKept) saved[metric] = save();
    return { score, saved: saved[metric] };
  });
}

it('gives the same results for metrics left open as for metrics restored from their bytes', () => {
  const row = fc.record({
    value: fc.double({ min: 0, max: 1000, noNaN: true }),
    isKept: fc.boolean(),
    metric: fc.constantFrom(0 as const, 1 as const),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      expect(judged(rows, createOpenMetrics())).toEqual(judged(rows, openMetric));
    }),
    { numRuns: 50 },
  );
});
