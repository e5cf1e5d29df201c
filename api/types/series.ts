/** Values on a regular grid, oldest first; null or NaN where nothing was measured. */
export interface Series {
  readonly values: readonly (number | null)[];
  /** Start of the first step in Unix seconds. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
}

export interface ForecastOptions {
  /** Steps to forecast, at least 1. */
  readonly horizon: number;
  /** Quantile levels, increasing, each in (0, 1); 0.1, 0.2, … 0.9 where absent. */
  readonly levels?: readonly number[];
  /** Season lengths in steps; a day, a week, or what the series shows where absent. */
  readonly seasons?: readonly number[];
}

export interface Forecast {
  /** The models that were selected, in words. */
  readonly model: string;
  /** Why no model was trained; null where one was. */
  readonly reason: string | null;
  /** Start of the first forecast step in Unix seconds. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly levels: readonly number[];
  /** A row per step, in it a value per level; NaN where nothing was ever measured. */
  readonly quantiles: readonly (readonly number[])[];
}

/** How a candidate did in cross-validation. */
export interface CandidateLoss {
  readonly model: string;
  /** Mean weighted quantile loss; null where the candidate was not fitted. */
  readonly loss: number | null;
  readonly isSelected: boolean;
  /** Why the candidate was not fitted; null where it was. */
  readonly reason: string | null;
}

export interface TrainedModel {
  readonly kind: 'trained';
  readonly model: string;
  /** The model as one self-describing ONNX file (docs/files.md). */
  readonly file: Uint8Array;
  readonly candidates: readonly CandidateLoss[];
  /** Cross-validated loss of the selected model. */
  readonly loss: number;
  /** Share of values that lay between the quantiles 0.1 and 0.9 in cross-validation. */
  readonly coverage80: number;
  /** Mean width between those two quantiles ÷ mean value. */
  readonly relativeWidth: number;
  /**
   * Forecasts what follows a series, with no new training.
   * @throws RangeError if the series is shorter than the model reads, or has another step.
   */
  forecast(series: Series): Promise<Forecast>;
}

export interface TooLittleData {
  readonly kind: 'too-little-data';
  readonly reason: string;
}

export interface PointScore {
  /** Severity of at least 0, higher is stranger; 0 unless the point begins or exceeds an episode. */
  readonly score: number;
  /** Bounds of 99 % of the expected values; NaN before the first value. */
  readonly lower: number;
  readonly upper: number;
}
