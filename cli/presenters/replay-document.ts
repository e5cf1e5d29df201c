import { isoTime } from '#cli/output/iso-time.ts';
import type { RequestedFleet } from '#cli/work/requested-hours.ts';
import type { PolicySummary, ReplayResult } from '#evaluation/replay/replay-result.ts';

/** The JSON of a replay, as the contract defines it; what pods request only where it is known. */
export function replayDocument(
  result: ReplayResult,
  requested: RequestedFleet | null = null,
): unknown {
  const { trace, policies, frontier, models, clusters, anomalies } = result;
  const names = new Set(policies.map(({ name }) => name));
  return {
    trace: {
      applications: trace.applications,
      steps: trace.steps,
      stepSeconds: trace.stepSeconds,
      evaluatedFrom: isoTime(trace.evaluatedFromSeconds),
      resources: trace.resources,
      sources: trace.sources,
      simulated: trace.simulated,
    },
    objective: trace.service.objective,
    capped: trace.service.isCapped,
    ...(requested !== null && { requested: requested.total }),
    policies,
    frontier,
    models,
    clusters: clusters.map(({ clusterId, name, applications }) => {
      return { cluster_id: clusterId, name, applications };
    }),
    anomalies,
    applications: result.applications.map(({ applicationId, verdict, policies: own }) => ({
      application_id: applicationId,
      verdict,
      ...(requested !== null && { requested: requested.byApplication.get(applicationId) ?? null }),
      policies: Object.fromEntries(
        own.filter(({ name }) => names.has(name)).map((policy) => [policy.name, figures(policy)]),
      ),
    })),
  };
}

function figures({ instanceHours, unservedDemand, shortSteps, scalingActions }: PolicySummary) {
  return { instanceHours, unservedDemand, shortSteps, scalingActions };
}
