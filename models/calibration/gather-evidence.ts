import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { scaleWindow } from '#models/rolling/local-scale.ts';
import { rollingScales } from '#models/rolling/rolling-forecasts.ts';
import { rollingPlan } from '#models/rolling/rolling-plan.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { Evidence } from './band-offsets.ts';

/**
 * Folds of the rolling evaluation: every model is at most a sixth of the history older than what it
 * forecasts.
 */
const FOLDS = 4;

/** Origins of the rolling evaluation: a few hundred residuals at every step near the origin. */
const ORIGINS = 384;

/**
 * Fills the gaps and plans the rolling evaluation. A context of at most half the series leaves the
 * other half for origins: the shape that comes back may have a shorter context than the one asked
 * for.
 * @param series with gaps (NaN); its first value is measured.
 */
export function gatherEvidence(series: RegularSeries, wanted: ForecastShape): Evidence {
  const shape = { ...wanted, context: Math.min(wanted.context, series.values.length >> 1) };
  const [season = 0] = seasonSteps(shape);
  const window = scaleWindow(shape.context, season || shape.context);
  const { context, horizon } = shape;
  const plan = rollingPlan(series.values, { context, horizon, folds: FOLDS, origins: ORIGINS });
  const data = { series: { ...series, values: fillGaps(series.values, season) }, shape, plan };
  return { ...data, actual: series.values, window, scales: rollingScales(data, window) };
}
