import type { ReplayTrace } from '#evaluation/replay/replay-result.ts';
import { html, trusted, type Html } from './html.ts';

const WIDTH = 168;
const HEIGHT = 28;
const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 7 * DAY_SECONDS;
/** Monday 1970-01-05 00:00 UTC. */
const MONDAY_SECONDS = 4 * DAY_SECONDS;
/** Points of the line: three hours of a week, half an hour of a day. */
const POINTS = { week: 56, day: 48 } as const;

/** Means over the same part of every week, or of every day where there is less than one week. */
function averages(
  values: Float64Array,
  { fromSeconds, stepSeconds }: Pick<ReplayTrace, 'fromSeconds' | 'stepSeconds'>,
): { readonly span: 'week' | 'day'; readonly means: readonly number[] } {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const last = values.findLastIndex((value) => !Number.isNaN(value));
  const span = (last - first) * stepSeconds >= WEEK_SECONDS ? 'week' : 'day';
  const [period, points] = [span === 'week' ? WEEK_SECONDS : DAY_SECONDS, POINTS[span]];
  const [sums, counts] = [new Float64Array(points), new Float64Array(points)];
  values.forEach((value, step) => {
    if (Number.isNaN(value)) return;
    const seconds = (fromSeconds + step * stepSeconds - MONDAY_SECONDS) % period;
    const point = Math.floor((((seconds + period) % period) / period) * points);
    sums[point]! += value;
    counts[point]! += 1;
  });
  return { span, means: Array.from(sums, (sum, k) => sum / counts[k]!) };
}

/** A line through the means in whole pixels, as relative moves; it is interrupted by gaps. */
function linePath(means: readonly number[]): string {
  const top = Math.max(1e-12, ...means.filter((mean) => !Number.isNaN(mean)));
  const x = (k: number) => Math.round((k / (means.length - 1)) * WIDTH);
  const y = (value: number) => Math.round(HEIGHT - 2 - (value / top) * (HEIGHT - 4));
  return means
    .map((mean, k) => {
      const before = means[k - 1];
      if (Number.isNaN(mean)) return '';
      if (before === undefined || Number.isNaN(before)) return `M${x(k)} ${y(mean)}`;
      return `l${x(k) - x(k - 1)} ${y(mean) - y(before)}`;
    })
    .join('');
}

/**
 * The average week of a series as a small line with 0 at the bottom; its average day where it is
 * shorter than a week. It is decorative and hidden from screen readers.
 */
export function sparkline(
  values: Float64Array,
  trace: Pick<ReplayTrace, 'fromSeconds' | 'stepSeconds'>,
): Html {
  const { span, means } = averages(values, trace);
  return html`<svg class="spark spark-${span}" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">
    <path d="${trusted(linePath(means))}" />
  </svg>`;
}
