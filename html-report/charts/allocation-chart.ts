import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';
import type { AllocationChart } from '#html-report/payload/chart-data.ts';
import { drawColumns } from '#html-report/payload/draw-columns.ts';
import { visibleSteps } from '#html-report/payload/visible-steps.ts';
import { comparePolicies } from '#html-report/text/compare-policies.ts';
import { formatName, formatNumber, formatShare } from '#html-report/text/format.ts';
import { evaluationStart, incidentBands } from './history-chart.ts';

/** Points per series: demand, and each policy. The union of their steps stays near 1,500. */
const DEMAND_POINTS = 700;
const POLICY_POINTS = 400;

/** Names of the drawn policies: the report's subject and its baseline. */
export function drawnPolicies(application: ApplicationReplay): readonly string[] {
  const compared = comparePolicies(application.policies);
  const names = [compared?.subject.name, compared?.baseline?.name].filter(
    (name) => name !== undefined,
  );
  return names.filter((name) => application.inService[name] !== undefined);
}

/** Instances in service of both policies, and the demand. */
export function allocationChart(
  application: ApplicationReplay,
  trace: ReplayTrace,
): AllocationChart {
  const { demand, inService } = application;
  const names = drawnPolicies(application);
  const series: Record<string, Float64Array> = { demand };
  // Before the evaluation nothing is decided, which is not the same as no instances.
  const firstDecided = Math.round(
    (trace.evaluatedFromSeconds - trace.fromSeconds) / trace.stepSeconds,
  );
  names.forEach((name, position) => {
    series[`policy${position}`] = inService[name]!.map((count, step) =>
      step < firstDecided ? NaN : count,
    );
  });
  const steps = visibleSteps(
    Object.entries(series).map(([name, values]) => ({
      values,
      points: name === 'demand' ? DEMAND_POINTS : POLICY_POINTS,
    })),
  );
  const { fromSeconds: startSeconds, stepSeconds } = trace;
  return {
    kind: 'allocation',
    columns: drawColumns({ startSeconds, stepSeconds, steps, series, divisor: 1 }),
    policies: names.map(formatName),
    incidents: incidentBands(application, trace, null),
    evaluatedFromSeconds: evaluationStart(trace),
  };
}

/** Instance-hours and shortage of both policies, as text. */
export function allocationFinding(application: ApplicationReplay): string {
  const names = drawnPolicies(application);
  const parts = application.policies
    .filter(({ name }) => names.includes(name))
    .sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name))
    .map(
      (policy) =>
        `${formatName(policy.name)}: ${formatNumber(policy.instanceHours)} instance-hours, ` +
        `${formatShare(policy.unservedDemand)} of demand unserved, short in ${formatShare(policy.shortSteps)} of the steps.`,
    );
  return parts.join(' ');
}
