import type { Followed } from '#core/clustering/change/follow-changes.ts';
import type { ClusteringSettings } from '#core/domain/settings/settings.ts';
import { choosePartition } from './choose-partition.ts';
import type { ChosenPartition } from './choose-partition.ts';
import { clusterFit, clusterGeometries } from './cluster-fit.ts';
import type { ClusterGeometry } from './cluster-fit.ts';
import { newClusterId } from './cluster-id.ts';
import type { DistanceMatrix } from './distance-matrix.ts';
import { judgeDivergence, returnToCluster } from './divergence.ts';
import type { ClusterRatio, DivergenceVerdict } from './divergence.ts';
import {
  errorByGroup,
  errorByItself,
  groupDays,
  isWorthMoving,
  partitionError,
  type GroupDays,
} from './forecast-error.ts';
import { matchClusters } from './match-clusters.ts';
import type { NamedCluster } from './match-clusters.ts';
import type { HalfDays } from './shape/half-days.ts';
import { meanSilhouette } from './silhouette.ts';

/**
 * Smallest gain in mean silhouette for which a fresh partition replaces the last one.
 * Every move costs a training, so small gains are not worth it. Applications that the divergence
 * test is handling do not count, because that test moves them one at a time.
 */
const FRESH_MARGIN = 0.1;

/** Applications that have a shape, sorted by identifier. Item k of the distances is member k. */
export interface Members {
  readonly applicationIds: readonly string[];
  readonly divergenceStreaks: readonly number[];
  readonly distances: DistanceMatrix;
  /** In the order of the members, as all of these. */
  readonly days: readonly HalfDays[];
  readonly changes: readonly Followed['change'][];
}

export interface ClusterVerdicts {
  /** One verdict per member, in the order of the members. */
  readonly verdicts: readonly DivergenceVerdict[];
  /** Reason for adopting a fresh partition; null if the last partition was kept. */
  readonly fresh: string | null;
}

/**
 * Cluster of every application that has a shape. An application stays in its cluster unless it
 * diverged or a fresh partition is clearly better (`FRESH_MARGIN`) and forecasts the members' days
 * better (`isWorthMoving`).
 */
export function assignClusters(
  members: Members,
  previous: readonly NamedCluster[],
  settings: ClusteringSettings,
): ClusterVerdicts {
  if (members.applicationIds.length === 0) return { verdicts: [], fresh: null };
  const together = partitionError(members.days, new Int32Array(members.days.length));
  const fresh = choosePartition(members.distances, settings.maxClusters, (labels) =>
    isWorthMoving(partitionError(members.days, labels), together),
  );
  const labels = previousLabels(members, previous);
  if (labels.every((label) => label < 0)) {
    const why = `first partition: mean silhouette ${fresh.silhouette.toFixed(2)}`;
    return adopt(members, { fresh, previous, why });
  }
  const names = previous.map(({ clusterId }) => clusterId);
  const refined = refine(members, { labels, names }, settings);
  const settled = refined.map(
    ({ clusterId, divergenceStreak }, item) =>
      divergenceStreak === 0 && clusterId === (names[labels[item]] ?? null),
  );
  const ofSettled = (candidate: Int32Array): Int32Array =>
    candidate.map((label, item) => (settled[item] ? label : -1));
  const [old, anew] = [ofSettled(labels), ofSettled(fresh.labels)];
  const [before, after] = [old, anew].map((candidate) =>
    meanSilhouette(members.distances, candidate),
  );
  const errorOf = (candidate: Int32Array) => partitionError(members.days, candidate);
  if (after <= before + FRESH_MARGIN || !isWorthMoving(errorOf(anew), errorOf(old))) {
    return { verdicts: refined, fresh: null };
  }
  const why = `a fresh partition is better: mean silhouette ${after.toFixed(2)}, was ${before.toFixed(2)}`;
  return adopt(members, { fresh, previous, why });
}

/** Index of each member's previous cluster; −1 for a member without one. */
function previousLabels(members: Members, previous: readonly NamedCluster[]): Int32Array {
  const labelOf = new Map(
    previous.flatMap(({ applications }, label) => applications.map((id) => [id, label] as const)),
  );
  return Int32Array.from(members.applicationIds, (id) => labelOf.get(id) ?? -1);
}

function adopt(
  members: Members,
  change: {
    readonly fresh: ChosenPartition;
    readonly previous: readonly NamedCluster[];
    readonly why: string;
  },
): ClusterVerdicts {
  const { fresh, previous, why } = change;
  // Groups are ordered by their first members, so that the result follows the order of the
  // applications.
  const order = [...new Set(fresh.labels)];
  const groups = order.map((label) => itemsOf(fresh.labels, label));
  const clusterIds = freshIds(members, previous, groups);
  const verdicts = members.applicationIds.map((_, item) => ({
    clusterId: clusterIds[order.indexOf(fresh.labels[item])],
    divergenceStreak: 0,
    reason: why,
  }));
  return { verdicts, fresh: why };
}

/**
 * Identifiers of the groups of a fresh partition. A group that continues a previous cluster keeps
 * its identifier; the others get one made of their medoids.
 */
function freshIds(
  { applicationIds, distances }: Members,
  previous: readonly NamedCluster[],
  groups: readonly (readonly number[])[],
): readonly string[] {
  const taken = new Set(previous.map(({ clusterId }) => clusterId));
  const geometries = clusterGeometries(distances, groups);
  const groupIds = groups.map((items) => items.map((item) => applicationIds[item]));
  return matchClusters(previous, groupIds, (index) => {
    const clusterId = newClusterId(applicationIds[geometries[index].medoid], taken);
    taken.add(clusterId);
    return clusterId;
  });
}

const itemsOf = (labels: Int32Array, label: number): readonly number[] =>
  [...labels.keys()].filter((item) => labels[item] === label);

interface NamedGeometry {
  readonly clusterId: string;
  readonly geometry: ClusterGeometry;
  readonly days: GroupDays;
}

function refine(
  members: Members,
  partition: { readonly labels: Int32Array; readonly names: readonly string[] },
  settings: ClusteringSettings,
): readonly DivergenceVerdict[] {
  const clusters = namedGeometries(members, partition);
  return members.applicationIds.map((_, item) => {
    const label = partition.labels[item];
    const ownId = label >= 0 ? partition.names[label] : null;
    const ratios = clusters
      .map(({ clusterId, geometry, days }) => ({
        clusterId,
        ...clusterFit(members.distances, geometry, item),
        error: errorByGroup(members.days[item], days, clusterId === ownId),
      }))
      .sort((a, b) => a.distance - b.distance || (a.clusterId < b.clusterId ? -1 : 1));
    const own = ratios.find(({ clusterId }) => clusterId === ownId);
    const alone = errorByItself(members.days[item]);
    if (own === undefined) return returnToCluster(ratios, { alone, settings });
    const change = members.changes[item];
    if (change !== null) return { ...change, divergenceStreak: 0 };
    const others: readonly ClusterRatio[] = ratios.filter((ratio) => ratio !== own);
    const divergenceStreak = members.divergenceStreaks[item];
    return judgeDivergence(withoutPartner(own, item, clusters), others, {
      divergenceStreak,
      settings,
      alone,
    });
  });
}

/**
 * If one of a cluster's two members diverges, so does the other. The medoid then counts as fitting,
 * so that one of the two keeps the cluster.
 */
function withoutPartner(
  own: ClusterRatio,
  item: number,
  clusters: readonly NamedGeometry[],
): ClusterRatio {
  const geometry = clusters.find(({ clusterId }) => clusterId === own.clusterId)!.geometry;
  const stays = geometry.members.length === 2 && geometry.medoid === item;
  return stays ? { ...own, ratio: 0 } : own;
}

function namedGeometries(
  members: Members,
  { labels, names }: { readonly labels: Int32Array; readonly names: readonly string[] },
): readonly NamedGeometry[] {
  const groups = names
    .map((clusterId, label) => ({
      clusterId,
      items: itemsOf(labels, label),
    }))
    .filter(({ items }) => items.length > 0);
  const geometries = clusterGeometries(
    members.distances,
    groups.map(({ items }) => items),
  );
  return groups.map(({ clusterId, items }, index) => ({
    clusterId,
    geometry: geometries[index],
    days: groupDays(items.map((item) => members.days[item])),
  }));
}
