import type { MemberDefinition } from '#models/definition/member-definition.ts';
import type { ModelDefinition } from '#models/definition/model-definition.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { Composition } from './composition.ts';
import type { HorizonRange } from './horizon-range.ts';

/** Input and output of a forecast model; fixed when the model is trained. */
export interface ForecastShape {
  readonly stepSeconds: number;
  /** Number of past steps that a forecast reads, oldest first, without gaps. */
  readonly context: number;
  /** Number of steps forecast. */
  readonly horizon: number;
  /** Quantile levels in (0, 1), strictly increasing. */
  readonly levels: readonly number[];
  /** Season lengths in steps, shortest first; a day and a week by default. */
  readonly seasons?: readonly number[];
}

/**
 * A trained, calibrated model. `forecast` is the definition. The graph that `addTo` builds computes
 * the same numbers in ONNX Runtime, within a relative error of 1e-4.
 */
export interface ForecastModel {
  /** Name of the family, for example "seasonal-naive". */
  readonly name: string;
  readonly shape: ForecastShape;
  /**
   * The model as data, which a model file carries; absent if a part of it is a file that others
   * made.
   */
  readonly definition?: ModelDefinition | undefined;
  /**
   * Quantiles in the unit of the history, row-major [steps × levels].
   * @param history the last `shape.context` values, oldest first, without gaps.
   * @param originSeconds Unix seconds of the first step to forecast.
   * @param steps number of steps of the horizon to forecast; all of them by default.
   */
  forecast(history: Float64Array, originSeconds: number, steps?: number): Float64Array;
  /**
   * A faster computation of the same forecasts at many increasing origins of one series; absent if
   * the model has none. See `followModel`.
   */
  follow?(series: RegularSeries, steps: readonly number[]): RollingForecast;
  /** The models whose mean it is, all of which weigh the same; absent if it is none. */
  readonly averaged?: readonly ForecastModel[];
  /**
   * Adds the nodes that forecast a range of the horizon to a graph. Returns the tensor [batch,
   * steps, levels].
   */
  addTo(graph: GraphBuilder, inputs: GraphInputs, range: HorizonRange): Tensor;
}

/**
 * Result of fitting a family: quantiles or a point forecast, not yet calibrated. A value that is
 * the same for all steps or for all levels is given once: `rows` is 1 or the horizon, `columns` is
 * 1 or the number of levels. This keeps both graphs and training fast.
 */
export interface RawModel {
  readonly name: string;
  readonly shape: ForecastShape;
  /** The fitted model as data; absent if it cannot be made again from data. */
  readonly definition?: MemberDefinition;
  readonly rows: number;
  readonly columns: number;
  /**
   * True if the point forecast is the median already. Calibration then spreads it equally to both
   * sides, instead of moving it by the median of few dependent residuals. Only for one column.
   * docs/research/hourly-series.md compares both.
   */
  readonly centred?: boolean;
  /**
   * Writes the forecast, row-major [rows × columns], into `out`.
   * @param history the last `shape.context` values, oldest first, without gaps.
   * @param originSeconds Unix seconds of the first step to forecast.
   */
  forecastInto(history: Float64Array, originSeconds: number, out: Float64Array): void;
  /** `forecastInto` for the first `steps` rows only; absent if it is not clearly faster. */
  head?(steps: number): RawModel['forecastInto'];
  /** Adds the nodes of this model to a graph. Returns the tensor [batch, rows, columns]. */
  addTo(graph: GraphBuilder, inputs: GraphInputs): Tensor;
  /**
   * `addTo` for a range of the horizon, [batch, steps, columns]; absent if it is not clearly
   * cheaper.
   */
  addRows?(graph: GraphBuilder, inputs: GraphInputs, range: HorizonRange): Tensor;
  /**
   * The same model with its states, not its parameters, computed from a longer series; absent if it
   * has no states.
   */
  refit?(series: RegularSeries): RawModel;
  /**
   * A faster computation of the same forecasts at many increasing origins of one series; absent if
   * the model has none.
   * @param series without gaps.
   * @param steps steps ahead to forecast, counted from 1. A model of one row gives that row only.
   */
  roll?(series: RegularSeries, steps: readonly number[]): RollingForecast;
}

/**
 * Writes the forecast whose first step is values[end], made from the values before it, into `out`:
 * row-major [steps × columns], or one row for a model of one row. `end` must increase from call to
 * call.
 */
export type RollingForecast = (end: number, out: Float64Array) => void;

export type FitResult =
  | { readonly kind: 'fitted'; readonly model: RawModel }
  | { readonly kind: 'too-little-data'; readonly reason: string };

/** A method of forecasting: a candidate of cross-validation. */
export interface ModelFamily {
  readonly name: string;
  /** Cost of fitting and running relative to seasonal naive. The cheaper model wins a tie. */
  readonly relativeCost: number;
  /** Fits a model to a series without gaps. The result depends on the series only. */
  fit(series: RegularSeries, shape: ForecastShape): FitResult;
}

/** A forecast: row-major [horizon × levels] quantiles from the step at originSeconds on. */
export interface QuantileForecast {
  readonly originSeconds: number;
  readonly stepSeconds: number;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** Mean quantile losses of one candidate over the origins of one cross-validation. */
export interface CandidateScore {
  /** The family's name; for several families a name that tells them and their order. */
  readonly model: string;
  /** The families, if there are several. */
  readonly composition?: Composition;
  /**
   * Mean weighted quantile loss (2 · pinball ÷ Σ|y|, mean over levels and horizon bands); null if
   * not fitted.
   */
  readonly loss: number | null;
  /** Standard error of `loss` over the origins. */
  readonly standardError: number | null;
  /** The same loss for each horizon band, in the order of the bands. */
  readonly bandLosses: readonly number[];
  readonly origins: number;
  readonly relativeCost: number;
  readonly selected: boolean;
  /** Reason for not fitting the candidate; absent if it was fitted. */
  readonly reason?: string;
  /** Factor on the loss in the selection; absent if it is 1. */
  readonly penalty?: number;
}
