import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refineClusters } from '#core/clustering/refine-clusters.ts';
import type { RefinementApplication, Refinement } from '#core/clustering/refine-clusters.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { createRandom } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { DAY, humpedCpu, windowOf } from './windows.ts';

const settings = DEFAULT_SETTINGS.clustering;
const application = (
  applicationId: string,
  window: FootprintWindow,
  applicationType: string | null = null,
): RefinementApplication => ({ applicationId, applicationType, window, divergenceStreak: 0 });

/** Four applications that peak at 6 UTC and four that peak at 18 UTC, at very different levels. */
const fleet = [
  ...[1, 30, 2, 500].map((level, k) => application(`early-${k}`, humpedCpu(6, level, k), 'web')),
  ...[1, 30, 2, 500].map((level, k) =>
    application(`late-${k}`, humpedCpu(18, level, 9 + k), 'batch'),
  ),
];

const refine = (
  applications: readonly RefinementApplication[],
  previous: readonly ClusterProfile[] = [],
): Refinement => refineClusters({ previous, applications, settings });

const clusterOf = (refinement: Refinement, id: string) =>
  refinement.assignments.find(({ applicationId }) => applicationId === id)!;

/** The applications with the streaks of the last refinement, as the service carries them. */
const carry = (applications: readonly RefinementApplication[], last: Refinement) =>
  applications.map((a) => ({
    ...a,
    divergenceStreak: clusterOf(last, a.applicationId).divergenceStreak,
  }));

describe('refineClusters', () => {
  const first = refine(fleet);

  it('groups by shape at any level and describes each cluster', () => {
    expect(first.clusters.map((cluster) => cluster.applications)).toEqual([
      ['early-0', 'early-1', 'early-2', 'early-3'],
      ['late-0', 'late-1', 'late-2', 'late-3'],
    ]);
    const [early] = first.clusters;
    expect(early!.applications).toContain(early!.medoid);
    expect(early!.averageFootprint.cpu).toHaveLength(168);
    expect(early!.averageFootprint.memory).toBeUndefined();
    // Mean of the levels times the mean of the hump.
    expect(early!.meanLevel.cpu! / ((1.2 * 533) / 4)).toBeCloseTo(1, 1);
    expect(early!.meanLevel.disk).toBeNull();
    expect(early!.version).toBe(1);
    expect(first.clusters.map(({ clusterId, medoid }) => clusterId === `like-${medoid}`)).toEqual([
      true,
      true,
    ]);
    expect(first.clusters.map(({ name, medoid }) => name!.replace(medoid, 'M'))).toEqual([
      'like M (daily, morning peak)',
      'like M (daily, evening peak)',
    ]);
    expect(first.moves).toEqual([]);
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(fleet, { minLength: fleet.length }), (shuffled) => {
        expect(refine(shuffled)).toEqual(first);
      }),
      { numRuns: 10 },
    );
  });

  it('keeps identifiers and models of clusters that are continued', () => {
    const trained = first.clusters.map((cluster) => ({
      ...cluster,
      predictiveModel: { cpu: { model: cluster.medoid } as never },
    }));
    const second = refine(fleet, trained);
    expect(second.clusters.map((c) => c.clusterId)).toEqual(first.clusters.map((c) => c.clusterId));
    expect(second.clusters.map((c) => c.predictiveModel)).toEqual(
      trained.map((c) => c.predictiveModel),
    );
    expect(second.clusters.map((c) => c.version)).toEqual([2, 2]);
    expect(second.moves).toEqual([]);
  });

  it('keeps the identifier of a cluster without its first medoid and renames it after the new medoid', () => {
    const [early] = first.clusters;
    const rest = fleet.filter(({ applicationId }) => applicationId !== early!.medoid);
    const second = refine(rest, first.clusters);
    expect(second.clusters[0]!.clusterId).toBe(early!.clusterId);
    expect(second.clusters[0]!.medoid).not.toBe(early!.medoid);
    expect(second.clusters[0]!.name).toContain(second.clusters[0]!.medoid);
  });

  it('gives two clusters different identifiers if their medoids have no ASCII characters', () => {
    const renamed = fleet.map((a, k) => ({ ...a, applicationId: k < 4 ? `東京${k}` : `大阪${k}` }));
    const named = refine(
      renamed.map((a, k) => ({
        ...a,
        applicationId: a.applicationId.replace(/\d/, '京'.repeat(k)),
      })),
    );
    expect(named.clusters.map(({ clusterId }) => clusterId)).toEqual([
      'like-unnamed',
      'like-unnamed-2',
    ]);
  });

  it('moves an application whose shape becomes that of another cluster, in the second run', () => {
    const turned = fleet.with(1, application('early-1', humpedCpu(18, 30, 77), 'web'));
    const once = refine(turned, first.clusters);
    expect(clusterOf(once, 'early-1')).toMatchObject({
      clusterId: first.clusters[0]!.clusterId,
      divergenceStreak: 1,
    });
    expect(once.moves).toEqual([]);
    const twice = refine(carry(turned, once), once.clusters);
    expect(twice.moves).toMatchObject([
      {
        applicationId: 'early-1',
        from: first.clusters[0]!.clusterId,
        to: first.clusters[1]!.clusterId,
      },
    ]);
    expect(clusterOf(twice, 'early-1').divergenceStreak).toBe(0);
  });

  it('gives an application that fits no cluster a profile of its own, and lets it return', () => {
    const odd = windowOf({ cpu: (seconds) => (seconds % DAY < 3600 ? 40 : 0.01) });
    const changed = fleet.with(1, application('early-1', odd, 'web'));
    const once = refine(changed, first.clusters);
    const twice = refine(carry(changed, once), once.clusters);
    expect(clusterOf(twice, 'early-1').clusterId).toBeNull();
    expect(clusterOf(twice, 'early-1').reason).toMatch(/profile of its own/);
    expect(twice.clusters.flatMap((c) => c.applications)).not.toContain('early-1');
    const back = refine(fleet, twice.clusters);
    expect(back.moves).toMatchObject([
      { applicationId: 'early-1', from: null, to: first.clusters[0]!.clusterId },
    ]);
  });

  it('leaves an application where it is whose days no other place forecasts better', () => {
    // At noon on one day and at midnight on the next: no day says what another one will be.
    const alternating = windowOf({
      cpu: (seconds) => {
        const peakHour = Math.floor(seconds / DAY) % 2 === 0 ? 12 : 0;
        return 1.2 + Math.cos(((seconds / 3600 - peakHour) / 12) * Math.PI);
      },
    });
    const changed = fleet.with(1, application('early-1', alternating, 'web'));
    let last = refine(changed, first.clusters);
    for (let run = 0; run < 3; run++) last = refine(carry(changed, last), last.clusters);
    expect(last.moves).toEqual([]);
    const { clusterId, divergenceStreak, reason } = clusterOf(last, 'early-1');
    expect(clusterId).toBe(first.clusters[0]!.clusterId);
    expect(divergenceStreak).toBe(4);
    expect(reason).toMatch(/^diverges: .*; stays, as a move brings too little: error of its days/);
  });

  it('makes no clusters of applications that forecast one another no better in them', () => {
    // Two kinds by how bursty they are, without a day that any of them has in common.
    const noisy = Array.from({ length: 8 }, (_, k) => {
      const random = createRandom(100 + k);
      const rare = k < 4 ? 0.5 : 0.02;
      return application(`noisy-${k}`, windowOf({ cpu: () => (random() < rare ? 1 : 0.1) }));
    });
    expect(refine(noisy).clusters).toHaveLength(1);
  });

  it('resets the streak of an application that fits again', () => {
    const streaky = fleet.map((a) => ({ ...a, divergenceStreak: 1 }));
    const second = refine(streaky, first.clusters);
    expect(second.assignments.every(({ divergenceStreak }) => divergenceStreak === 0)).toBe(true);
  });

  it('places a newcomer by the measured part of its shape; the newcomer does not influence the cluster', () => {
    const full = humpedCpu(18, 3, 50);
    const cpu = full.values.cpu.map((v, step) => (step < full.values.cpu.length - 144 ? NaN : v));
    const newcomer = application('new', { ...full, values: { ...full.values, cpu } }, 'web');
    const second = refine([...fleet, newcomer], first.clusters);
    expect(clusterOf(second, 'new').clusterId).toBe(first.clusters[1]!.clusterId);
    expect(second.clusters[1]!.applications).toContain('new');
    expect(second.clusters[1]!.meanLevel).toEqual(first.clusters[1]!.meanLevel);
  });

  it('places an application without history by its type', () => {
    const nothing = windowOf({});
    const second = refine(
      [
        ...fleet,
        application('new-batch', nothing, 'batch'),
        application('new-odd', nothing, 'odd'),
        application('new-null', nothing),
      ],
      first.clusters,
    );
    expect(clusterOf(second, 'new-batch').clusterId).toBe(first.clusters[1]!.clusterId);
    expect(clusterOf(second, 'new-odd').clusterId).toBeNull();
    expect(clusterOf(second, 'new-null').clusterId).toBeNull();
  });

  it('puts idle applications in no cluster', () => {
    const idle = application('idle', windowOf({ cpu: () => 0 }), 'web');
    expect(clusterOf(refine([...fleet, idle]), 'idle').clusterId).toBeNull();
    const nobody = refine([idle, application('idle-2', windowOf({ cpu: () => 0 }))]);
    expect(nobody.clusters).toEqual([]);
  });

  it('handles no application and one, and refuses one that occurs twice', () => {
    expect(refine([]).assignments).toEqual([]);
    expect(refine([fleet[0]!]).clusters[0]!.applications).toEqual(['early-0']);
    expect(() => refine([fleet[0]!, fleet[0]!])).toThrow(/early-0 comes twice/);
  });

  it('puts every application into at most one cluster, the one in its assignment', () => {
    const hours = fc.array(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(hours, hours, (before, after) => {
        const make = (peaks: readonly number[]) =>
          peaks.map((hour, k) => application(`app-${k}`, humpedCpu(hour, 1 + k, k)));
        const start = refine(make(before));
        const next = refine(make(after), start.clusters);
        const members = next.clusters.flatMap((c) => c.applications.map((id) => [id, c.clusterId]));
        expect(new Map(members as [string, string][]).size).toBe(members.length);
        expect(members.sort()).toEqual(
          next.assignments
            .filter(({ clusterId }) => clusterId !== null)
            .map(({ applicationId, clusterId }) => [applicationId, clusterId])
            .sort(),
        );
        expect(next.clusters.every((c) => c.applications.includes(c.medoid))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});
