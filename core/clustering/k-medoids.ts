import type { DistanceMatrix } from './distance-matrix.ts';

/** Gains below this share of the cost are rounding errors. */
const TOLERANCE = 1e-12;

export interface Partition {
  /** Items at the centres of the clusters, in the order of the clusters. */
  readonly medoids: readonly number[];
  /** Cluster of each item, an index into `medoids`. */
  readonly labels: Int32Array;
  /** Sum of the distances of all items to their medoids. */
  readonly cost: number;
}

/**
 * Chooses medoids greedily: each next medoid is the one that lowers the sum of the distances to the
 * nearest medoid most. This is BUILD of PAM (Kaufman & Rousseeuw, Finding Groups in Data, 1990,
 * section 2.4). The lower index wins a tie, so the result is deterministic. The first k medoids of
 * a larger result are the result for k. O(n² k).
 */
export function buildMedoids(distances: DistanceMatrix, k: number): readonly number[] {
  const { size, values } = distances;
  const nearest = new Float64Array(size).fill(Infinity);
  const medoids: number[] = [];
  while (medoids.length < Math.min(k, size)) {
    let best = -1;
    let bestCost = Infinity;
    for (let candidate = 0; candidate < size; candidate++) {
      if (medoids.includes(candidate)) continue;
      let cost = 0;
      for (let item = 0; item < size; item++) {
        cost += Math.min(nearest[item], values[candidate * size + item]);
      }
      if (best === -1 || cost < bestCost) [best, bestCost] = [candidate, cost];
    }
    medoids.push(best);
    for (let item = 0; item < size; item++) {
      nearest[item] = Math.min(nearest[item], values[best * size + item]);
    }
  }
  return medoids;
}

/**
 * k-medoids by FastPAM1 (Schubert & Rousseeuw, Faster k-medoids clustering, SISAP 2019). The best
 * swap of a medoid with another item is repeated until no swap lowers the cost. The result is that
 * of PAM at O(n²) per swap instead of O(n² k).
 * @param start initial medoids, for example from `buildMedoids`.
 * @throws RangeError without medoids or with more medoids than items.
 */
export function kMedoids(distances: DistanceMatrix, start: readonly number[]): Partition {
  const { size } = distances;
  if (start.length < 1 || start.length > size) {
    throw new RangeError(`between 1 and ${size} medoids needed, got ${start.length}`);
  }
  const medoids = [...start];
  for (;;) {
    const state = assign(distances, medoids);
    const swap = medoids.length === 1 ? bestSingle(distances) : bestSwap(distances, medoids, state);
    const gained = swap.cost < state.cost - TOLERANCE * (1 + state.cost);
    if (!gained) return { medoids, labels: state.labels, cost: state.cost };
    medoids[swap.position] = swap.item;
  }
}

interface Assignment {
  readonly labels: Int32Array;
  /** Distances to the nearest and to the second nearest medoid. */
  readonly nearest: Float64Array;
  readonly second: Float64Array;
  readonly cost: number;
}

interface Swap {
  readonly position: number;
  readonly item: number;
  readonly cost: number;
}

function assign(distances: DistanceMatrix, medoids: readonly number[]): Assignment {
  const { size, values } = distances;
  const labels = new Int32Array(size);
  const nearest = new Float64Array(size).fill(Infinity);
  const second = new Float64Array(size).fill(Infinity);
  medoids.forEach((medoid, label) => {
    for (let item = 0; item < size; item++) {
      const distance = values[medoid * size + item];
      if (distance < nearest[item]) {
        second[item] = nearest[item];
        nearest[item] = distance;
        labels[item] = label;
      } else if (distance < second[item]) second[item] = distance;
    }
  });
  // A medoid belongs to its own cluster even if another lies at distance 0.
  medoids.forEach((medoid, label) => (labels[medoid] = label));
  return { labels, nearest, second, cost: nearest.reduce((sum, value) => sum + value, 0) };
}

function bestSingle(distances: DistanceMatrix): Swap {
  const [item] = buildMedoids(distances, 1);
  const { size, values } = distances;
  const row = values.subarray(item * size, (item + 1) * size);
  return { position: 0, item: item, cost: row.reduce((sum, value) => sum + value, 0) };
}

function bestSwap(distances: DistanceMatrix, medoids: readonly number[], state: Assignment): Swap {
  const { size, values } = distances;
  const removal = removalLosses(medoids.length, state);
  const isMedoid = new Set(medoids);
  const losses = new Float64Array(medoids.length);
  let best: Swap = { position: -1, item: -1, cost: Infinity };
  for (let candidate = 0; candidate < size; candidate++) {
    if (isMedoid.has(candidate)) continue;
    losses.set(removal);
    const row = values.subarray(candidate * size, (candidate + 1) * size);
    const shared = addSwapLosses(losses, row, state);
    for (let position = 0; position < losses.length; position++) {
      const cost = state.cost + losses[position] + shared;
      if (cost < best.cost) best = { position, item: candidate, cost };
    }
  }
  return best;
}

/** Cost of removing each medoid: its items move to their second nearest medoid. */
function removalLosses(medoids: number, state: Assignment): Float64Array {
  const losses = new Float64Array(medoids);
  state.labels.forEach((label, item) => {
    losses[label] += state.second[item] - state.nearest[item];
  });
  return losses;
}

/**
 * Adds to each medoid's removal loss what changes if a candidate takes its place. Returns the gain
 * that is the same for all medoids (equation 9).
 */
function addSwapLosses(losses: Float64Array, row: Float64Array, state: Assignment): number {
  let shared = 0;
  for (let item = 0; item < row.length; item++) {
    const distance = row[item];
    const nearest = state.nearest[item];
    const second = state.second[item];
    const label = state.labels[item];
    if (distance < nearest) {
      shared += distance - nearest;
      losses[label] += nearest - second;
    } else if (distance < second) losses[label] += distance - second;
  }
  return shared;
}
