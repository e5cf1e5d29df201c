import { isoTime } from '#cli/output/iso-time.ts';
import type { ReclusterOutcome } from '#core/use-cases/recluster.ts';
import { clusterDocument } from './cluster-document.ts';

/** The JSON that `foreprint recluster --json` writes. */
export function reclusterDocument(outcome: ReclusterOutcome, nowSeconds: number): unknown {
  return {
    refined_at: isoTime(nowSeconds),
    clusters: outcome.clusters.map(clusterDocument),
    assignments: outcome.assignments.map((assignment) => ({
      application_id: assignment.applicationId,
      cluster_id: assignment.clusterId,
      divergence_streak: assignment.divergenceStreak,
      reason: assignment.reason,
    })),
    moves: outcome.moves.map(({ applicationId, ...move }) => {
      return { application_id: applicationId, ...move };
    }),
  };
}
