import type { Resource } from '#core/domain/footprint.ts';
import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';
import { nestedIntervals } from '#html-report/payload/nested-intervals.ts';
import { formatAmount, formatDuration, formatShare, formatTime } from '#html-report/text/format.ts';
import { actualAround, levelValues, medianLevel } from './fan-chart.ts';

/** The last forecast and its coverage, as text. */
export function fanFinding(
  application: Pick<ApplicationReplay, 'fan' | 'actual'>,
  trace: Pick<ReplayTrace, 'fromSeconds'>,
  resource: Resource,
): string {
  const forecast = application.fan[resource];
  if (forecast === undefined) return 'There is no forecast with its whole horizon in the trace.';
  const { originSeconds, stepSeconds, horizon, levels } = forecast;
  const median = levelValues(forecast, medianLevel(levels));
  const peak = median.indexOf(Math.max(...median));
  const parts = [
    `Made ${formatTime(originSeconds)} UTC for ${formatDuration(horizon * stepSeconds)}:`,
    `the median peaks at ${formatAmount(resource, median[peak]!)} around ${formatTime(originSeconds + peak * stepSeconds)}.`,
  ];
  const intervals = nestedIntervals(levels);
  const widest = intervals[Math.min(1, intervals.length - 1)];
  const originStep = Math.round((originSeconds - trace.fromSeconds) / stepSeconds);
  const actual = actualAround(application.actual[resource] ?? new Float64Array(0), originStep, {
    past: 0,
    horizon,
  });
  const measured = actual.filter((value) => !Number.isNaN(value)).length;
  if (widest !== undefined && measured > 0) {
    const lower = levelValues(forecast, widest.lower);
    const upper = levelValues(forecast, widest.upper);
    const inside = actual.filter((value, h) => value >= lower[h]! && value <= upper[h]!).length;
    parts.push(
      `${inside} of ${measured} measured steps fell inside the ${formatShare(widest.coverage)} interval.`,
    );
  }
  return parts.join(' ');
}
