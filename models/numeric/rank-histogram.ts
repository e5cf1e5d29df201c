/**
 * Ranks per bucket: near the square root of the 8,064 points of four weeks, where the walks over
 * buckets and within a bucket are about equally long.
 */
const BUCKET = 128;

/** Weights over the ranks of a series, see `rankValues`. */
export interface RankHistogram {
  /** A negative weight removes what was added before. */
  add(rank: number, weight: number): void;
  /**
   * For each threshold the smallest rank up to which the weights sum to it.
   * @param thresholds above 0, never decreasing, none above the sum of all weights.
   */
  reach(thresholds: ArrayLike<number>, out: Int32Array): void;
}

/** An empty histogram of `size` ranks. */
export function createRankHistogram(size: number): RankHistogram {
  const weights = new Int32Array(size);
  const buckets = new Int32Array(Math.ceil(size / BUCKET));
  return {
    add(rank, weight) {
      weights[rank] += weight;
      buckets[(rank / BUCKET) | 0] += weight;
    },
    reach(thresholds, out) {
      let [below, rank] = [0, 0];
      for (let k = 0; k < thresholds.length; k++) {
        const threshold = thresholds[k];
        for (;;) {
          const whole = rank % BUCKET === 0 ? buckets[rank / BUCKET] : Infinity;
          if (below + whole < threshold) {
            below += whole;
            rank += BUCKET;
          } else if (below + weights[rank] < threshold) below += weights[rank++];
          else break;
        }
        out[k] = rank;
      }
    },
  };
}
