import { isoTime } from '#cli/output/iso-time.ts';
import type { ReplayResult } from '#evaluation/replay/replay-result.ts';

/** The JSON of a replay, as the contract defines it. */
export function replayDocument(result: ReplayResult): unknown {
  const { trace, policies, frontier, models, clusters, anomalies } = result;
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
    policies,
    frontier,
    models,
    clusters: clusters.map(({ clusterId, name, applications }) => {
      return { cluster_id: clusterId, name, applications };
    }),
    anomalies,
  };
}
