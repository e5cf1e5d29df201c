import { forkRandom } from '#core/domain/random.ts';
import type { NamedCluster } from './match-clusters.ts';

/** Members of each cluster of the last run that are in the sample at least, where there are as many. */
const CLUSTER_MEMBERS = 20;

/**
 * The applications that are compared in pairs where there are more than `size`: the method CLARA (Kaufman & Rousseeuw
 * 1990, chapter 3) with one large sample in place of several small ones. Chosen by a number drawn from the identifier
 * alone, so that the same ones come run after run, and with some members of every cluster of the last run, so that a
 * small one is not lost by chance.
 * @returns places in `applicationIds`, ascending; all of them where there are no more than `size`.
 */
export function clusteringSample(
  applicationIds: readonly string[],
  previous: readonly NamedCluster[],
  size: number,
): readonly number[] {
  const all = [...applicationIds.keys()];
  if (all.length <= size) return all;
  const draws = applicationIds.map((id) => forkRandom(0, id)());
  const byDraw = all.toSorted((a, b) => draws[a]! - draws[b]! || a - b);
  const chosen = new Set<number>();
  for (const { applications } of previous) {
    const members = new Set(applications);
    const places = byDraw.filter((place) => members.has(applicationIds[place]!));
    for (const place of places.slice(0, CLUSTER_MEMBERS)) chosen.add(place);
  }
  for (const place of byDraw) {
    if (chosen.size >= size) break;
    chosen.add(place);
  }
  return [...chosen].sort((a, b) => a - b);
}
