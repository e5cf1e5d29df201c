import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import type { LearningSeries } from '#models/families/lstm/lstm-windows.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { TrainingJob } from './trainer.ts';

/** What a network may learn from. */
export interface LearnedPart {
  /**
   * The context that cross-validation will use, or what the network learns would not be what it is
   * asked.
   */
  readonly shape: ForecastShape;
  /** The part of a series on the job's grid. */
  cut(values: Float64Array): LearningSeries;
}

/**
 * The first half of what was measured: from the second half on candidates are compared, so nothing
 * of it may be learned from. Null where nothing was measured.
 */
export function learnedPart({
  series,
  shape,
}: Pick<TrainingJob, 'series' | 'shape'>): LearnedPart | null {
  const first = series.values.findIndex((value) => !Number.isNaN(value));
  const last = series.values.findLastIndex((value) => !Number.isNaN(value));
  if (first === -1) return null;
  const steps = last + 1 - first;
  const end = first + Math.floor(steps / 2);
  const [season = 0] = seasonSteps(shape);
  return {
    shape: { ...shape, context: Math.min(shape.context, steps >> 1) },
    cut: (values) => {
      const actual = values.subarray(first, end);
      return { actual, filled: fillGaps(actual, season) };
    },
  };
}
