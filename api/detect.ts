import { createSeriesScorer } from '#core/detection/metric/score-series.ts';
import type { PointScore, Series } from './types/series.ts';

/** Scores every point of a series in one pass that sees only the past. */
export function detect({ values, startSeconds, stepSeconds }: Series): readonly PointScore[] {
  const scorer = createSeriesScorer();
  return values.map((value, step) => scorer.score(startSeconds + step * stepSeconds, value ?? NaN));
}
