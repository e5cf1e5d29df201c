import { describe, expect, it } from 'vitest';
import { refineClusters } from '#core/clustering/refine-clusters.ts';
import type { Refinement } from '#core/clustering/refine-clusters.ts';
import { perResource } from '#core/domain/footprint.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import { MONDAY } from './windows.ts';

/** Daily refinements of the sample fleet from day 7 to day 28, as the replay runs them. */
function replayRefinements(seed: number): readonly Refinement[] {
  const fleet = createSampleFleet({ seed, startSeconds: MONDAY });
  const refinements: Refinement[] = [];
  for (let day = 7; day <= 28; day++) {
    const last = refinements.at(-1);
    const streaks = new Map(last?.assignments.map((a) => [a.applicationId, a.divergenceStreak]));
    const previous: readonly ClusterProfile[] = last?.clusters ?? [];
    const applications = fleet.applications
      .map(({ applicationId, applicationType, window }) => ({
        applicationId,
        applicationType,
        divergenceStreak: streaks.get(applicationId) ?? 0,
        window: {
          startSeconds: MONDAY + (day - 7) * 86_400,
          stepSeconds: 300,
          values: perResource((r) => window.values[r].subarray((day - 7) * 288, day * 288)),
        },
      }))
      .filter(({ window }) => !window.values.cpu.every(Number.isNaN));
    const settings = DEFAULT_SETTINGS.clustering;
    refinements.push(refineClusters({ previous, applications, settings }));
  }
  return refinements;
}

describe.each([1, 2])('daily refinement of the sample fleet, seed %i', (seed) => {
  const refinements = replayRefinements(seed);
  const last = refinements.at(-1)!;
  const together = (refinement: Refinement, ...ids: readonly string[]) =>
    refinement.clusters.some((c) => ids.every((id) => c.applications.includes(id)));

  it('groups shops, media, portals and batches', () => {
    expect(together(last, 'shop-eu', 'checkout-eu', 'session-cache-eu')).toBe(true);
    expect(together(last, 'video-front', 'music-front')).toBe(true);
    expect(together(last, 'hr-portal', 'insurance-portal')).toBe(true);
    expect(together(last, 'shop-eu', 'video-front')).toBe(false);
    expect(together(last, 'shop-eu', 'report-batch')).toBe(false);
  });

  it('moves the catalogue, which drifts, from the shops to the media', () => {
    expect(together(refinements[0]!, 'catalog-eu', 'shop-eu')).toBe(true);
    expect(together(last, 'catalog-eu', 'video-front')).toBe(true);
    expect(together(last, 'catalog-eu', 'shop-eu')).toBe(false);
  });

  it('finds a cluster for the new shop and moves little else', () => {
    expect(together(last, 'shop-latam', 'shop-us-east')).toBe(true);
    // 20 applications, 21 refinements: at most one assignment in forty changes.
    const moves = refinements.flatMap((refinement) => refinement.moves);
    expect(moves.length).toBeLessThanOrEqual(10);
  });
});
