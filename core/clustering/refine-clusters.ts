import { followChanges } from '#core/clustering/change/follow-changes.ts';
import { footprintShape } from '#core/clustering/shape/footprint-shape.ts';
import { halfDays } from '#core/clustering/shape/half-days.ts';
import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { measuredSeconds } from '#core/domain/measured.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { ClusteringSettings } from '#core/domain/settings/settings.ts';
import {
  clusterEstablished,
  type ClusterCore,
  type ShapedApplication,
} from './cluster-established.ts';
import { clusterName } from './cluster-name.ts';
import { clusterProfile } from './cluster-profile.ts';
import type { DivergenceVerdict } from './divergence.ts';
import { placeNewcomer } from './place-newcomer.ts';
import { previousClusters } from './previous-clusters.ts';

export interface RefinementApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** Recent history on the same grid for all applications; gaps are NaN. */
  readonly window: FootprintWindow;
  readonly divergenceStreak: number;
}

export interface RefinementInput {
  readonly previous: readonly ClusterProfile[];
  readonly applications: readonly RefinementApplication[];
  readonly settings: ClusteringSettings;
  /** Resources whose shapes are compared; all by default. */
  readonly resources?: readonly Resource[];
  /** Most applications compared in pairs (see `clusteringSample`); 2,000 by default. */
  readonly sampleSize?: number;
}

export interface ClusterAssignment extends DivergenceVerdict {
  readonly applicationId: string;
}

export interface ClusterChange {
  readonly applicationId: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string;
}

export interface Refinement {
  readonly clusters: readonly ClusterProfile[];
  /** One per application, sorted by identifier. */
  readonly assignments: readonly ClusterAssignment[];
  /** Assignments that differ from the previous ones; empty in the first refinement. */
  readonly moves: readonly ClusterChange[];
}

/**
 * Refines the clusters. Applications that diverged move; the others stay, unless a fresh partition
 * is clearly better (see `assignClusters`).
 * Applications with too little history join the nearest cluster but do not influence its centre.
 * The same holds for applications outside the sample. Applications without any usage belong to no
 * cluster. The result does not depend on the order of the input.
 * @throws RangeError if an application occurs twice.
 */
export function refineClusters(input: RefinementInput): Refinement {
  const applications = shapedApplications(input);
  const established = applications.filter((application) => isEstablished(application, input));
  const { cores, verdictOf } = clusterEstablished(established, input);
  const assignments = applications.map((application) => ({
    applicationId: application.applicationId,
    ...(verdictOf.get(application) ?? placeOther(application, cores, input)),
  }));
  return {
    clusters: profiles(cores, assignments, input.previous),
    assignments,
    moves: changes(assignments, input.previous),
  };
}

function shapedApplications({
  previous,
  applications,
  resources = RESOURCES,
}: RefinementInput): readonly ShapedApplication[] {
  const sorted = [...applications].sort((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
  const twice = sorted.find((a, index) => a.applicationId === sorted[index + 1]?.applicationId);
  if (twice !== undefined) throw new RangeError(`application ${twice.applicationId} comes twice`);
  const followed = followChanges(sorted, previous, resources);
  return sorted.map((application, item) => {
    const { recent, change } = followed[item];
    const shape = footprintShape(recent, resources);
    return { ...application, recent, change, shape, days: halfDays(recent, resources) };
  });
}

const hasShape = ({ shape }: ShapedApplication): boolean =>
  RESOURCES.some((r) => shape[r] !== undefined);

const hasHistory = (application: ShapedApplication, { settings }: RefinementInput): boolean =>
  measuredSeconds(application.window) >= settings.minimumSeconds;

const isEstablished = (application: ShapedApplication, input: RefinementInput): boolean =>
  hasShape(application) && hasHistory(application, input);

function placeOther(
  application: ShapedApplication,
  cores: readonly ClusterCore[],
  input: RefinementInput,
): DivergenceVerdict {
  if (hasHistory(application, input)) {
    return { clusterId: null, divergenceStreak: 0, reason: 'used nothing: a profile of its own' };
  }
  const candidates = cores.map(({ clusterId, medoid, members }) => ({
    clusterId,
    medoidShape: medoid.shape,
    types: members.map(({ applicationType }) => applicationType),
  }));
  return { ...placeNewcomer(application, candidates), divergenceStreak: 0 };
}

function profiles(
  cores: readonly ClusterCore[],
  assignments: readonly ClusterAssignment[],
  previous: readonly ClusterProfile[],
): readonly ClusterProfile[] {
  return cores.map(({ clusterId, members, medoid }) =>
    clusterProfile(
      {
        clusterId,
        name: clusterName(medoid.applicationId, medoid.shape),
        applications: assignments
          .filter((assignment) => assignment.clusterId === clusterId)
          .map(({ applicationId }) => applicationId),
        medoid: medoid.applicationId,
        windows: members.map(({ window }) => window),
      },
      previous.find((cluster) => cluster.clusterId === clusterId),
    ),
  );
}

function changes(
  assignments: readonly ClusterAssignment[],
  previous: readonly ClusterProfile[],
): readonly ClusterChange[] {
  if (previous.length === 0) return [];
  const before = previousClusters(previous);
  return assignments
    .map(({ applicationId, clusterId, reason }) => ({
      applicationId,
      from: before.get(applicationId) ?? null,
      to: clusterId,
      reason,
    }))
    .filter(({ from, to }) => from !== to);
}
