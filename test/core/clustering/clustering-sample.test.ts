import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteringSample } from '#core/clustering/clustering-sample.ts';
import { refineClusters, type RefinementApplication } from '#core/clustering/refine-clusters.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { humpedCpu } from './windows.ts';

const named = (count: number) =>
  Array.from({ length: count }, (_, k) => `app-${String(k).padStart(4, '0')}`);

describe('the sample of applications that are compared in pairs', () => {
  it('is the whole fleet if the fleet is small', () => {
    expect(clusteringSample(named(5), [], 5)).toEqual([0, 1, 2, 3, 4]);
  });

  it('has the size asked for, no index twice, and changes little with the fleet', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 40, max: 59 }),
        (n, size) => {
          const ids = named(n);
          const sample = clusteringSample(ids, [], size);
          expect(new Set(sample).size).toBe(size);
          expect(sample).toEqual(sample.toSorted((a, b) => a - b));
          // If one application leaves, at most one other enters the sample.
          const fewer = clusteringSample(ids.slice(1), [], size).map((place) => place + 1);
          expect(fewer.filter((place) => !sample.includes(place)).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('contains members of every previous cluster', () => {
    const ids = named(1000);
    const small = { clusterId: 'small', applications: ids.slice(500, 503) };
    const large = { clusterId: 'large', applications: ids.slice(0, 500) };
    const sample = new Set(clusteringSample(ids, [large, small], 60));
    expect([500, 501, 502].every((place) => sample.has(place))).toBe(true);
    expect(sample.size).toBe(60);
  });
});

describe('a fleet larger than the sample', () => {
  const settings = DEFAULT_SETTINGS.clustering;
  const kinds = [
    { name: 'early', hour: 5, count: 40 },
    { name: 'late', hour: 17, count: 40 },
    { name: 'noon', hour: 11, count: 4 },
  ];
  const fleet: readonly RefinementApplication[] = kinds.flatMap(({ name, hour, count }) =>
    Array.from({ length: count }, (_, k) => ({
      applicationId: `${name}-${k}`,
      applicationType: name,
      window: humpedCpu(hour, 1 + k, 100 * hour + k),
      divergenceStreak: 0,
    })),
  );
  const refine = (
    applications: readonly RefinementApplication[],
    previous: Parameters<typeof refineClusters>[0]['previous'] = [],
    sampleSize?: number,
  ) =>
    refineClusters({
      previous,
      applications,
      settings,
      ...(sampleSize !== undefined && { sampleSize }),
    });
  const groups = (result: ReturnType<typeof refine>) =>
    result.clusters.map(({ applications }) => applications);

  it('is clustered as it is without a sample if the kinds are distinct', () => {
    const whole = refine(fleet);
    expect(groups(whole)).toHaveLength(3);
    const sampled = refine(fleet, [], 50);
    expect(groups(sampled)).toEqual(groups(whole));
    // The average footprint is that of all members, not of the members in the sample.
    expect(sampled.clusters.map((c) => c.meanLevel)).toEqual(
      whole.clusters.map((c) => c.meanLevel),
    );
    expect(refine(fleet, [], fleet.length)).toEqual(whole);
  });

  it('keeps its clusters from run to run, including small ones', () => {
    const first = refine(fleet);
    const next = refine(fleet, first.clusters, 30);
    expect(next.moves).toEqual([]);
    expect(groups(next)).toEqual(groups(first));
  });

  it('does not depend on the order of the input', () => {
    expect(refine(fleet.toReversed(), [], 30)).toEqual(refine(fleet, [], 30));
  });

  it('moves an application outside the sample that diverges, after as many runs as any other', () => {
    const first = refine(fleet);
    const sampled = clusteringSample(
      fleet.map((a) => a.applicationId).toSorted(),
      first.clusters,
      70,
    );
    const ids = fleet.map((a) => a.applicationId).toSorted();
    const moved = ids.find((id, place) => id.startsWith('early') && !sampled.includes(place))!;
    const changed = (divergenceStreak: number) =>
      fleet.map((a) =>
        a.applicationId === moved ? { ...a, window: humpedCpu(17, 3, 7), divergenceStreak } : a,
      );
    const once = refine(changed(0), first.clusters, 70);
    const verdict = (result: typeof once) =>
      result.assignments.find(({ applicationId }) => applicationId === moved)!;
    expect(verdict(once)).toMatchObject({ divergenceStreak: 1 });
    expect(once.moves).toEqual([]);
    const twice = refine(changed(1), once.clusters, 70);
    const late = first.clusters.find(({ applications }) => applications.includes('late-0'))!;
    expect(verdict(twice).clusterId).toBe(late.clusterId);
  });
});
