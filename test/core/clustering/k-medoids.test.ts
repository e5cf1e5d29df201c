import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choosePartition } from '#core/clustering/choose-partition.ts';
import { distanceMatrix } from '#core/clustering/distance-matrix.ts';
import { buildMedoids, kMedoids } from '#core/clustering/k-medoids.ts';
import { meanSilhouette } from '#core/clustering/silhouette.ts';

interface Golden {
  readonly sets: Readonly<Record<string, readonly (readonly [number, number])[]>>;
  readonly cases: readonly {
    readonly set: string;
    readonly k: number;
    readonly cost: number;
    readonly medoids: readonly number[];
    readonly labels: readonly number[];
    readonly silhouette: number | null;
  }[];
}

/** Written by scripts/make-golden-cluster.py. */
const golden = JSON.parse(
  readFileSync(new URL('../../golden/cluster.json', import.meta.url), 'utf8'),
) as Golden;

const euclidean = (points: readonly (readonly number[])[]) =>
  distanceMatrix(points, (a, b) => Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!), 1);

const pointsArbitrary = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 })),
  {
    minLength: 2,
    maxLength: 14,
  },
);

describe('kMedoids', () => {
  it.each(golden.cases)('finds the medoids of the reference: $set, k = $k', (reference) => {
    const distances = euclidean(golden.sets[reference.set]!);
    const partition = kMedoids(distances, buildMedoids(distances, reference.k));
    expect(partition.cost).toBeCloseTo(reference.cost, 9);
    expect([...partition.medoids].sort((a, b) => a - b)).toEqual(reference.medoids);
  });

  it('ends where no single swap lowers the cost', () => {
    fc.assert(
      fc.property(pointsArbitrary, fc.integer({ min: 1, max: 4 }), (points, k) => {
        const distances = euclidean(points);
        const { medoids, cost, labels } = kMedoids(distances, buildMedoids(distances, k));
        const costOf = (chosen: readonly number[]) =>
          points.reduce(
            (sum, _, item) =>
              sum + Math.min(...chosen.map((m) => distances.values[m * distances.size + item]!)),
            0,
          );
        expect(cost).toBeCloseTo(costOf(medoids), 9);
        for (const position of medoids.keys()) {
          for (const item of points.keys()) {
            expect(costOf(medoids.with(position, item))).toBeGreaterThan(cost - 1e-9);
          }
        }
        expect(medoids.every((medoid, label) => labels[medoid] === label)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('refuses an empty list of medoids', () => {
    expect(() => kMedoids(euclidean([[0, 0]]), [])).toThrow(/got 0/);
  });
});

describe('meanSilhouette', () => {
  it.each(golden.cases.filter(({ k }) => k > 1))(
    'equals scikit-learn: $set, k = $k',
    ({ set, labels, silhouette }) => {
      const distances = euclidean(golden.sets[set]!);
      expect(meanSilhouette(distances, Int32Array.from(labels))).toBeCloseTo(silhouette!, 10);
    },
  );

  it('counts items in no cluster as 0', () => {
    const distances = euclidean([
      [0, 0],
      [0, 1],
      [9, 0],
      [9, 1],
      [5, 50],
    ]);
    const all = meanSilhouette(
      euclidean([
        [0, 0],
        [0, 1],
        [9, 0],
        [9, 1],
      ]),
      Int32Array.of(0, 0, 1, 1),
    );
    expect(meanSilhouette(distances, Int32Array.of(0, 0, 1, 1, -1))).toBeCloseTo((all * 4) / 5, 12);
  });
});

describe('choosePartition', () => {
  it('finds the number of blobs', () => {
    const three = choosePartition(euclidean(golden.sets['three blobs']!), 8);
    expect(three.medoids).toHaveLength(3);
    const two = choosePartition(euclidean(golden.sets['two blobs of unlike size']!), 8);
    expect(two.medoids).toHaveLength(2);
  });

  it('makes one cluster of identical items, of a single item, and if maxClusters is 1', () => {
    expect(
      choosePartition(
        euclidean([
          [1, 1],
          [1, 1],
          [1, 1],
        ]),
        8,
      ).medoids,
    ).toHaveLength(1);
    expect(choosePartition(euclidean([[1, 1]]), 8).medoids).toEqual([0]);
    expect(choosePartition(euclidean(golden.sets['three blobs']!), 1).medoids).toHaveLength(1);
  });
});
