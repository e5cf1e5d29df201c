import type { Resource } from '#core/domain/footprint.ts';
import { displayUnit } from '#core/text/display-unit.ts';
import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';
import type { Band, HistoryChart } from '#html-report/payload/chart-data.ts';
import { drawColumns } from '#html-report/payload/draw-columns.ts';
import { largestValue } from '#html-report/payload/largest-value.ts';
import { visibleSteps } from '#html-report/payload/visible-steps.ts';

/**
 * Points per series: the actual values, and each bound of the interval. The union of their steps
 * stays near 1,500.
 */
const ACTUAL_POINTS = 1000;
const BOUND_POINTS = 250;

/**
 * Incidents of one resource (null: of all) as bands. An open incident lasts to the end of the
 * trace.
 */
export function incidentBands(
  application: ApplicationReplay,
  trace: ReplayTrace,
  resource: Resource | null,
): readonly Band[] {
  const end = trace.fromSeconds + trace.steps * trace.stepSeconds;
  return application.incidents.flatMap((incident, position) =>
    resource === null || incident.resource === resource
      ? [
          {
            fromSeconds: incident.startSeconds,
            toSeconds: Math.max(
              incident.endSeconds ?? end,
              incident.startSeconds + trace.stepSeconds,
            ),
            label: String(position + 1),
          },
        ]
      : [],
  );
}

/** Start of the evaluation; null if it is the start of the trace. */
export function evaluationStart(trace: ReplayTrace): number | null {
  return trace.evaluatedFromSeconds > trace.fromSeconds ? trace.evaluatedFromSeconds : null;
}

/** Measured values, with the forecast interval for the first replayed resource. */
export function historyChart(
  application: ApplicationReplay,
  trace: ReplayTrace,
  resource: Resource,
): HistoryChart {
  const actual = application.actual[resource] ?? new Float64Array(0);
  const { lower, median, upper } = application.expected;
  const withInterval = resource === trace.resources[0];
  const steps = visibleSteps([
    { values: actual, points: ACTUAL_POINTS },
    { values: withInterval ? lower : actual, points: BOUND_POINTS },
    { values: withInterval ? upper : actual, points: BOUND_POINTS },
  ]);
  const unit = displayUnit(resource, largestValue(actual));
  const columns = drawColumns({
    startSeconds: trace.fromSeconds,
    stepSeconds: trace.stepSeconds,
    steps,
    series: withInterval ? { actual, lower, median, upper } : { actual },
    divisor: unit.divisor,
  });
  return {
    kind: 'history',
    unit: unit.label,
    columns,
    incidents: incidentBands(application, trace, resource),
    evaluatedFromSeconds: evaluationStart(trace),
  };
}
