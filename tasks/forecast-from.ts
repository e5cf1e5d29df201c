import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { levelHistory, shiftSearch } from '#models/levels/level-history.ts';
import { levelShifts } from '#models/levels/level-shift.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { ForecastJob } from './forecast-job.ts';

interface SomeModel {
  readonly shape: ForecastShape;
  forecast(history: Float64Array, originSeconds: number): Float64Array | Promise<Float64Array>;
}

/**
 * Forecasts from one origin of a job, at its levels: row-major [horizon × levels].
 * @param job its first origin is the end of what the model was trained on.
 */
export async function forecastFrom(
  { shape, forecast }: SomeModel,
  { series, levels, origins }: Pick<ForecastJob, 'series' | 'levels' | 'origins'>,
  origin: number,
): Promise<Float64Array> {
  const [season = 0] = seasonSteps(shape);
  const filled = fillGaps(series.values.subarray(origin - shape.context, origin), season);
  const trainedSteps = shape.context - (origin - origins[0]!);
  const search = shiftSearch(shape);
  const shifts = levelShifts(filled, search);
  const { history, restore } = levelHistory(filled, { shifts, search, trainedSteps });
  const originSeconds = series.startSeconds + origin * series.stepSeconds;
  const answer = await forecast(history, originSeconds);
  const all = restore === null ? answer : answer.map(restore);
  const columns = levels.map((level) => shape.levels.indexOf(level));
  return Float64Array.from({ length: shape.horizon * columns.length }, (_, k) => {
    const step = Math.floor(k / columns.length);
    return all[step * shape.levels.length + columns[k % columns.length]!]!;
  });
}
