import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { ScaleWindow } from './local-scale.ts';
import { localScale } from './local-scale.ts';
import { rollRaw } from './roll-raw.ts';
import type { RollingPlan } from './rolling-plan.ts';

/** Forecasts at every origin of a plan. */
export interface RolledQuantiles {
  readonly columns: number;
  /** See RawModel. */
  readonly centred: boolean;
  /** Forecasts stored per origin: 1 if rows is 1, else the number of steps of the plan. */
  readonly stored: number;
  /** Row-major [origins × stored × columns]. */
  readonly raw: Float64Array;
}

/** Those of one family, each by a model that was fitted before the origin. */
export interface RollingForecasts extends RolledQuantiles {
  readonly kind: 'rolled';
  readonly family: ModelFamily;
  /** The model of the last fold; `refit` makes the final one of it. */
  readonly lastModel: RawModel;
}

/**
 * Where the raw forecast of the plan's step with index `step` at the origin with index `origin`
 * starts.
 */
export function rawIndex(
  { stored, columns }: RolledQuantiles,
  origin: number,
  step: number,
): number {
  return (origin * stored + (stored === 1 ? 0 : step)) * columns;
}

/** What cross-validation and calibration look at, the same for every family. */
export interface RollingData {
  /** Gapless. */
  readonly series: RegularSeries;
  readonly shape: ForecastShape;
  readonly plan: RollingPlan;
}

/**
 * Fits the family once on what lies before the first fold and refits its states before every
 * further fold; forecasts at the origins of each fold with the model of that fold.
 */
export function rollingForecasts(
  family: ModelFamily,
  data: RollingData,
): RollingForecasts | { readonly kind: 'too-little-data'; readonly reason: string } {
  const { series, shape, plan } = data;
  const [first] = plan.folds;
  if (!first) return { kind: 'too-little-data', reason: 'no measured value to forecast from' };
  const fit = family.fit(before(series, first.start), shape);
  if (fit.kind === 'too-little-data') return fit;
  let model = fit.model;
  const { rows, columns } = model;
  const stored = rows === 1 ? 1 : plan.steps.length;
  const width = stored * columns;
  const raw = new Float64Array(plan.origins.length * width);
  let forecast = rollRaw(model, series, plan.steps);
  plan.folds.forEach((fold, k) => {
    if (k > 0 && model.refit) {
      model = model.refit(before(series, fold.start));
      forecast = rollRaw(model, series, plan.steps);
    }
    for (let o = fold.firstOrigin; o < fold.endOrigin; o++) {
      forecast(plan.origins[o], raw.subarray(o * width, (o + 1) * width));
    }
  });
  const centred = model.centred ?? false;
  return { kind: 'rolled', family, lastModel: model, columns, centred, stored, raw };
}

function before(series: RegularSeries, end: number): RegularSeries {
  return { ...series, values: series.values.subarray(0, end) };
}

/** The local scale at every origin of the plan. */
export function rollingScales({ series, plan }: RollingData, window: ScaleWindow): Float64Array {
  return Float64Array.from(plan.origins, (end) => localScale(series.values, end, window));
}
