import type { Resource } from '#core/domain/footprint.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';

const DAY_SECONDS = 86_400;

export interface Borrowing {
  readonly cluster: ClusterProfile;
  readonly resource: Resource;
  /** End of the history (exclusive) in Unix seconds. */
  readonly originSeconds: number;
  readonly stepSeconds: number;
}

/**
 * History that a cluster's model reads for an application with little history of its own. Cluster
 * models are trained on shapes (value ÷ mean level), so the application's values are divided by its
 * own mean level. Missing values are replaced by the cluster's mean shape at that time of week, or
 * of day, or by 1.
 * `scale` converts the forecast back into the application's unit. An application without any
 * measurement gets the level of an average member. An application that was measured and used
 * nothing gets the level 0.
 */
export function borrowHistory(
  values: Float64Array,
  borrowing: Borrowing,
): { readonly history: Float64Array; readonly scale: number } {
  const own = meanMeasured(values);
  const scale = own ?? borrowing.cluster.meanLevel[borrowing.resource] ?? 1;
  const shape = clusterShape(borrowing);
  const start = borrowing.originSeconds - values.length * borrowing.stepSeconds;
  const history = Float64Array.from(values, (value, k) =>
    Number.isNaN(value) || scale === 0 ? shape(start + k * borrowing.stepSeconds) : value / scale,
  );
  return { history, scale };
}

/**
 * The mean shape as a function of time: the value at the same time of week, otherwise at the same
 * time of day, otherwise 1.
 */
function clusterShape({ cluster, resource }: Borrowing): (seconds: number) => number {
  const series = cluster.averageFootprint[resource] ?? [];
  const level = cluster.meanLevel[resource] ?? 0;
  if (series.length === 0 || level <= 0) return () => 1;
  const byTimeOfWeek = new Map(series.map(([t, value]) => [t % (7 * DAY_SECONDS), value / level]));
  const byTimeOfDay = new Map(series.map(([t, value]) => [t % DAY_SECONDS, value / level]));
  return (seconds) =>
    byTimeOfWeek.get(seconds % (7 * DAY_SECONDS)) ?? byTimeOfDay.get(seconds % DAY_SECONDS) ?? 1;
}
