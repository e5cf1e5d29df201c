import type { Resource } from '#core/domain/footprint.ts';
import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';
import { formatAmount, formatCount, formatShare } from '#html-report/text/format.ts';

interface Measured {
  readonly count: number;
  readonly smallest: number;
  readonly mean: number;
  readonly largest: number;
}

function measure(values: Float64Array): Measured {
  const measured = values.filter((value) => !Number.isNaN(value));
  const sum = measured.reduce((total, value) => total + value, 0);
  return {
    count: measured.length,
    smallest: measured.reduce((least, value) => Math.min(least, value), Infinity),
    mean: sum / measured.length,
    largest: measured.reduce((most, value) => Math.max(most, value), -Infinity),
  };
}

/**
 * Number of steps with both a measurement and an interval, and the share of them inside the
 * interval.
 */
function coverage(actual: Float64Array, expected: ApplicationReplay['expected']) {
  let compared = 0;
  let inside = 0;
  actual.forEach((value, k) => {
    const lower = expected.lower[k] ?? NaN;
    const upper = expected.upper[k] ?? NaN;
    if (Number.isNaN(value) || Number.isNaN(lower) || Number.isNaN(upper)) return;
    compared += 1;
    if (value >= lower && value <= upper) inside += 1;
  });
  return { compared, share: inside / compared };
}

/** The history of a resource as text. */
export function historyFinding(
  application: ApplicationReplay,
  trace: ReplayTrace,
  resource: Resource,
): string {
  const actual = application.actual[resource];
  const measured = measure(actual ?? new Float64Array(0));
  if (actual === undefined || measured.count === 0) return 'Nothing was measured.';
  const amount = (value: number) => formatAmount(resource, value);
  const parts = [
    `Mean ${amount(measured.mean)}, between ${amount(measured.smallest)} and ${amount(measured.largest)}.`,
  ];
  if (resource === trace.resources[0]) {
    const { compared, share } = coverage(actual, application.expected);
    if (compared > 0) {
      parts.push(`${formatShare(share)} of the steps with a forecast lie inside its interval.`);
    }
  }
  const missing = actual.length - measured.count;
  if (missing > 0) parts.push(`${formatCount(missing, 'step')} not measured.`);
  const incidents = application.incidents.filter((incident) => incident.resource === resource);
  if (incidents.length > 0) parts.push(`${formatCount(incidents.length, 'incident')}.`);
  return parts.join(' ');
}
