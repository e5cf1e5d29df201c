import { createSeriesScorer } from '#core/detection/metric/score-series.ts';
import { regularSeries } from './regular-series.ts';
import type { PointScore, Series } from './types/series.ts';

/**
 * Scores every point of a series in one pass that sees only the past.
 * @throws RangeError for an unusable grid, or a value that is no finite number.
 */
export function detect(series: Series): readonly PointScore[] {
  const { values, startSeconds, stepSeconds } = regularSeries(series);
  const scorer = createSeriesScorer();
  return Array.from(values, (value, step) =>
    scorer.score(startSeconds + step * stepSeconds, value),
  );
}
