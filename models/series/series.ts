/**
 * A series on a regular time grid. Value k belongs to the interval [startSeconds + k · stepSeconds,
 * one step later). NaN means "not measured". Times are Unix seconds, UTC.
 */
export interface RegularSeries {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: Float64Array;
}

/**
 * First instant after the last value, in Unix seconds: the origin of a forecast from this series.
 */
export function endSeconds(series: RegularSeries): number {
  return series.startSeconds + series.values.length * series.stepSeconds;
}
