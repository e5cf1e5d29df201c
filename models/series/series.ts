/**
 * A series on a regular step. Value k belongs to the interval [startSeconds + k · stepSeconds, one step later);
 * NaN means "not measured". Times are Unix seconds, UTC.
 */
export interface RegularSeries {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: Float64Array;
}

/** First instant after the last value of the series, in Unix seconds: the origin of a forecast made from it. */
export function endSeconds(series: RegularSeries): number {
  return series.startSeconds + series.values.length * series.stepSeconds;
}
