import type { ProfileStore } from '#core/domain/ports.ts';

/**
 * Clusters change once a day; a function that works on many groups reads them once in so many
 * milliseconds.
 */
export function rememberClusters(
  profiles: ProfileStore,
  { nowMs, freshMs }: { readonly nowMs: () => number; readonly freshMs: number },
): ProfileStore {
  let known: { readonly atMs: number; readonly clusters: ReturnType<ProfileStore['clusters']> };
  return {
    ...profiles,
    clusters() {
      const atMs = nowMs();
      if (known && Math.abs(atMs - known.atMs) < freshMs) return known.clusters;
      const clusters = profiles.clusters();
      const asked = (known = { atMs, clusters });
      // A failure is told to those who asked and not remembered.
      clusters.catch(() => {
        if (known === asked) known = { ...asked, atMs: -Infinity };
      });
      return clusters;
    },
  };
}
