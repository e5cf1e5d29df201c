import type { Resource } from '#core/domain/footprint.ts';
import { displayUnit } from '#core/text/display-unit.ts';
import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';
import type { FanChart } from '#html-report/payload/chart-data.ts';
import { drawColumns } from '#html-report/payload/draw-columns.ts';
import { largestValue } from '#html-report/payload/largest-value.ts';
import { nestedIntervals } from '#html-report/payload/nested-intervals.ts';
import { formatShare } from '#html-report/text/format.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';

/** Length of the time shown before the origin, as a share of the horizon. */
const PAST_SHARE = 0.5;

/** Index of the level closest to the median. */
export function medianLevel(levels: readonly number[]): number {
  const distances = levels.map((level) => Math.abs(level - 0.5));
  return distances.indexOf(Math.min(...distances));
}

/** Values of one level over the horizon. */
export function levelValues(forecast: QuantileForecast, level: number): Float64Array {
  const { horizon, levels, values } = forecast;
  return Float64Array.from({ length: horizon }, (_, h) => values[h * levels.length + level]!);
}

/** Measured values from `past` steps before the origin to the end of the horizon. */
export function actualAround(
  actual: Float64Array,
  originStep: number,
  span: { readonly past: number; readonly horizon: number },
): Float64Array {
  const { past, horizon } = span;
  return Float64Array.from(
    { length: past + horizon },
    (_, k) => actual[originStep - past + k] ?? NaN,
  );
}

/** Prepends `past` missing steps to a column. */
function shiftRight(past: number, values: Float64Array): Float64Array {
  const column = new Float64Array(past + values.length).fill(NaN);
  column.set(values, past);
  return column;
}

/**
 * The last forecast as nested intervals, with the measured values. Null if there is no forecast.
 */
export function fanChart(
  application: Pick<ApplicationReplay, 'fan' | 'actual'>,
  trace: Pick<ReplayTrace, 'fromSeconds'>,
  resource: Resource,
): FanChart | null {
  const forecast = application.fan[resource];
  const actual = application.actual[resource];
  if (forecast === undefined || actual === undefined || forecast.horizon < 1) return null;
  const { originSeconds, stepSeconds, horizon, levels } = forecast;
  const originStep = Math.round((originSeconds - trace.fromSeconds) / stepSeconds);
  const past = Math.min(Math.max(originStep, 0), Math.round(horizon * PAST_SHARE));
  const column = (level: number) => shiftRight(past, levelValues(forecast, level));
  const intervals = nestedIntervals(levels);
  const series: Record<string, Float64Array> = {
    actual: actualAround(actual, originStep, { past, horizon }),
    median: column(medianLevel(levels)),
  };
  intervals.forEach(({ lower, upper }, position) => {
    series[`lower${position}`] = column(lower);
    series[`upper${position}`] = column(upper);
  });
  const unit = displayUnit(resource, Math.max(...Object.values(series).map(largestValue)));
  const columns = drawColumns({
    startSeconds: originSeconds - past * stepSeconds,
    stepSeconds,
    steps: Array.from({ length: past + horizon }, (_, k) => k),
    series,
    divisor: unit.divisor,
  });
  const names = intervals.map(({ coverage }) => `${formatShare(coverage)} interval`);
  return { kind: 'fan', unit: unit.label, columns, intervals: names, originSeconds };
}
