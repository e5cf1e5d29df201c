import { forkRandom } from '#core/domain/random.ts';
import type { NamedCluster } from './match-clusters.ts';

/**
 * The sample contains at least this many members of each previous cluster, or all of a smaller one.
 */
const CLUSTER_MEMBERS = 20;

/**
 * The applications that are compared in pairs. If there are more than `size`, a sample stands for
 * all, as in CLARA (Kaufman & Rousseeuw 1990, chapter 3), but one large sample instead of several
 * small ones.
 * The sample is drawn by a hash of the identifier alone, so that every run draws the same
 * applications. It contains members of every previous cluster, so that no small cluster is lost by
 * chance.
 * @returns indices into `applicationIds`, ascending; all indices if there are at most `size`.
 */
export function clusteringSample(
  applicationIds: readonly string[],
  previous: readonly NamedCluster[],
  size: number,
): readonly number[] {
  const all = [...applicationIds.keys()];
  if (all.length <= size) return all;
  const draws = applicationIds.map((id) => forkRandom(0, id)());
  const byDraw = all.toSorted((a, b) => draws[a] - draws[b] || a - b);
  const chosen = new Set<number>();
  for (const { applications } of previous) {
    const members = new Set(applications);
    const places = byDraw.filter((place) => members.has(applicationIds[place]));
    for (const place of places.slice(0, CLUSTER_MEMBERS)) chosen.add(place);
  }
  for (const place of byDraw) {
    if (chosen.size >= size) break;
    chosen.add(place);
  }
  return [...chosen].sort((a, b) => a - b);
}
