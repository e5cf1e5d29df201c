import type { FootprintWindow, Resource } from '#core/domain/footprint.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { measuredSeconds } from '#core/domain/measured.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { ClusteringSettings } from '#core/domain/settings.ts';
import {
  clusterEstablished,
  type ClusterCore,
  type ShapedApplication,
} from './cluster-established.ts';
import { clusterName } from './cluster-name.ts';
import { clusterProfile } from './cluster-profile.ts';
import type { DivergenceVerdict } from './divergence.ts';
import { footprintShape } from '#core/clustering/shape/footprint-shape.ts';
import { placeNewcomer } from './place-newcomer.ts';
import { previousClusters } from './previous-clusters.ts';

export interface RefinementApplication {
  readonly applicationId: string;
  readonly applicationType: string | null;
  /** Recent history, gaps as NaN; the same grid for all. */
  readonly window: FootprintWindow;
  readonly divergenceStreak: number;
}

export interface RefinementInput {
  readonly previous: readonly ClusterProfile[];
  readonly applications: readonly RefinementApplication[];
  readonly settings: ClusteringSettings;
  /** Resources whose shapes are compared; all unless told. */
  readonly resources?: readonly Resource[];
  /** Applications that are compared in pairs at most, see `clusteringSample`; 2,000 unless told. */
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
  /** One per application, in the order of their identifiers. */
  readonly assignments: readonly ClusterAssignment[];
  /** Assignments that differ from the previous ones; empty in the first run, where nothing moves. */
  readonly moves: readonly ClusterChange[];
}

/**
 * Refines the clusters: keeps those of the last run and moves what diverged, or adopts a fresh partition where that is
 * clearly better (see `assignClusters`). Applications with too little history join the cluster they resemble but do
 * not shape it, nor do those beyond the sample; applications that used nothing stand alone. The result does not depend on the order of the input.
 * @throws RangeError if an application comes twice.
 */
export function refineClusters(input: RefinementInput): Refinement {
  const applications = shapedApplications(input);
  const established = applications.filter((application) => isEstablished(application, input));
  const { cores, known } = clusterEstablished(established, input);
  const assignments = applications.map((application) => ({
    applicationId: application.applicationId,
    ...(known.get(application) ?? placeOther(application, cores, input)),
  }));
  return {
    clusters: profiles(cores, assignments, input.previous),
    assignments,
    moves: changes(assignments, input.previous),
  };
}

function shapedApplications({
  applications,
  resources = RESOURCES,
}: RefinementInput): readonly ShapedApplication[] {
  const sorted = [...applications].sort((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
  const twice = sorted.find((a, index) => a.applicationId === sorted[index + 1]?.applicationId);
  if (twice !== undefined) throw new RangeError(`application ${twice.applicationId} comes twice`);
  return sorted.map((application) => ({
    ...application,
    shape: footprintShape(application.window, resources),
  }));
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
