import type { Composition } from './composition.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import type { RegularSeries } from '#models/series/series.ts';

/** What goes in and what comes out of a forecast model; fixed when the model is trained. */
export interface ForecastShape {
  readonly stepSeconds: number;
  /** Number of past steps a forecast reads, oldest first, without gaps. */
  readonly context: number;
  /** Number of steps forecast. */
  readonly horizon: number;
  /** Quantile levels in (0, 1), strictly increasing. */
  readonly levels: readonly number[];
  /** Season lengths in steps, shortest first; a day and a week of steps where absent. */
  readonly seasons?: readonly number[];
}

/** A stretch of the horizon: its first and its last step, counted from 1. */
export interface HorizonRange {
  readonly first: number;
  readonly last: number;
}

/**
 * A trained, calibrated model. `forecast` is the definition; the graph that `addTo` builds computes the same numbers in ONNX
 * Runtime (relative error at most 1e-4 in the tests).
 */
export interface ForecastModel {
  /** Family name as it is shown to users, for example "seasonal-naive". */
  readonly name: string;
  readonly shape: ForecastShape;
  /**
   * Quantiles in the unit of the history, row-major [steps × levels].
   * @param history the last `shape.context` values, oldest first, without gaps.
   * @param originSeconds Unix seconds of the first step to forecast.
   * @param steps the first so many steps of the horizon, all of them where absent.
   */
  forecast(history: Float64Array, originSeconds: number, steps?: number): Float64Array;
  /** A faster way to the same forecasts at many growing origins of one series, where there is one; see `followModel`. */
  follow?(series: RegularSeries, steps: readonly number[]): RollingForecast;
  /** Adds the nodes that forecast a stretch of the horizon to a graph; returns the tensor [batch, steps, levels]. */
  addTo(graph: GraphBuilder, inputs: GraphInputs, range: HorizonRange): Tensor;
}

/**
 * What a family fits: quantiles or a bare point forecast, not calibrated yet. What is the same for all steps or for all
 * levels is given once: `rows` is 1 or the horizon, `columns` is 1 or the number of levels. That keeps both the
 * graphs and the training fast.
 */
export interface RawModel {
  readonly name: string;
  readonly shape: ForecastShape;
  readonly rows: number;
  readonly columns: number;
  /**
   * The point forecast is the median already: calibration spreads the same below and above it instead of moving it by the
   * median of a few hundred dependent residuals. On the last two days of the training part of M4 hourly that keeps
   * an OWA of 0.404 that would become 0.428. Only for one column.
   */
  readonly centred?: boolean;
  /**
   * Writes the forecast, row-major [rows × columns], into `out`.
   * @param history the last `shape.context` values, oldest first, without gaps.
   * @param originSeconds Unix seconds of the first step to forecast.
   */
  forecastInto(history: Float64Array, originSeconds: number, out: Float64Array): void;
  /** `forecastInto` for the first so many rows only, where that costs clearly less. */
  head?(steps: number): RawModel['forecastInto'];
  /** Adds this model's nodes to a graph; returns the tensor [batch, rows, columns]. */
  addTo(graph: GraphBuilder, inputs: GraphInputs): Tensor;
  /** `addTo` for a stretch of the horizon only, [batch, steps, columns], where that costs clearly less. */
  addRows?(graph: GraphBuilder, inputs: GraphInputs, range: HorizonRange): Tensor;
  /** The same model with its states (not its parameters) learnt anew from a longer series; absent if it has none. */
  refit?(series: RegularSeries): RawModel;
  /**
   * A faster way to the same forecasts at many growing origins of one series, where there is one.
   * @param series without gaps.
   * @param steps steps ahead that are wanted, counted from 1; a model of one row gives that row alone.
   */
  roll?(series: RegularSeries, steps: readonly number[]): RollingForecast;
}

/**
 * Writes the forecast whose first step is values[end], made from values before it, into `out`: row-major [steps × columns],
 * or one row where the model has only one. Ends may only grow.
 */
export type RollingForecast = (end: number, out: Float64Array) => void;

export type FitResult =
  | { readonly kind: 'fitted'; readonly model: RawModel }
  | { readonly kind: 'too-little-data'; readonly reason: string };

/** One way to forecast; candidates of cross-validation. */
export interface ModelFamily {
  readonly name: string;
  /** Cost of fitting and running relative to seasonal naive; breaks ties towards the cheaper model. */
  readonly relativeCost: number;
  /** Fits on a gapless series. Sees nothing but the series. */
  fit(series: RegularSeries, shape: ForecastShape): FitResult;
}

/** A forecast: row-major [horizon × levels] quantiles from the step that starts at originSeconds on. */
export interface QuantileForecast {
  readonly originSeconds: number;
  readonly stepSeconds: number;
  readonly horizon: number;
  readonly levels: readonly number[];
  readonly values: Float64Array;
}

/** Mean quantile losses of one candidate over the rolling origins of one cross-validation. */
export interface CandidateScore {
  /** The family's name; for several families a name that tells them and their order. */
  readonly model: string;
  /** The families, where there are several. */
  readonly composition?: Composition;
  /** Mean weighted quantile loss (2 · pinball ÷ Σ|y|, mean over levels and horizon bands), or null if not fitted. */
  readonly loss: number | null;
  /** Standard error of `loss` over the origins. */
  readonly standardError: number | null;
  /** The same loss for each horizon band, in the order of the bands. */
  readonly bandLosses: readonly number[];
  readonly origins: number;
  readonly relativeCost: number;
  readonly selected: boolean;
  /** Why the candidate was not fitted, when it was not. */
  readonly reason?: string;
  /** The loss counted so many times in the selection; absent where it counted as it is. */
  readonly penalty?: number;
}
