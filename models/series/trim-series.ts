import type { RegularSeries } from './series.ts';

/** The series without unmeasured steps at both ends. */
export function trimSeries(series: RegularSeries): RegularSeries {
  const { values, startSeconds, stepSeconds } = series;
  const first = values.findIndex((value) => !Number.isNaN(value));
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  if (first === -1) return { ...series, values: new Float64Array() };
  return {
    stepSeconds,
    startSeconds: startSeconds + first * stepSeconds,
    values: values.subarray(first, last + 1),
  };
}
