/** A histogram with buckets that grow by a constant ratio. The weights halve every half-life. */
export interface DecayingHistogram {
  add(value: number, atSeconds: number, weight?: number): void;
  /**
   * Upper edge of the bucket in which the cumulative weight reaches the share; null if the
   * histogram is empty.
   */
  percentile(share: number): number | null;
}

export interface HistogramShape {
  /** Upper edge of the first bucket. */
  readonly first: number;
  readonly ratio: number;
  readonly buckets: number;
  readonly halfLifeSeconds: number;
}

/** After this many half-lives the weights are scaled down, so that they do not overflow. */
const RESCALE_HALF_LIVES = 100;

/**
 * Histogram of the VPA recommender [src: vertical-pod-autoscaler/pkg/recommender/util]. The n-th
 * bucket has the width first · ratio^n. A sample at t has the weight weight · 2^((t − reference) ÷
 * half-life).
 */
export function createDecayingHistogram(shape: HistogramShape): DecayingHistogram {
  const { first, ratio, buckets, halfLifeSeconds } = shape;
  const weights = new Float64Array(buckets);
  let reference: number | null = null;
  let total = 0;
  const upperEdge = (bucket: number) => (first * (ratio ** (bucket + 1) - 1)) / (ratio - 1);
  const edges = Float64Array.from({ length: buckets }, (_, bucket) => upperEdge(bucket));
  const bucketOf = (value: number): number => {
    const exact = Math.log1p((Math.max(0, value) * (ratio - 1)) / first) / Math.log(ratio);
    return Math.min(buckets - 1, Math.max(0, Math.floor(exact)));
  };
  return {
    add(value, atSeconds, weight = 1) {
      reference ??= atSeconds;
      if (atSeconds - reference > RESCALE_HALF_LIVES * halfLifeSeconds) {
        const scale = 0.5 ** ((atSeconds - reference) / halfLifeSeconds);
        weights.forEach((old, bucket) => (weights[bucket] = old * scale));
        total *= scale;
        reference = atSeconds;
      }
      const now = weight * 2 ** ((atSeconds - reference) / halfLifeSeconds);
      weights[bucketOf(value)] += now;
      total += now;
    },
    percentile(share) {
      if (total === 0) return null;
      let sum = 0;
      for (let bucket = 0; bucket < buckets; bucket++) {
        sum += weights[bucket];
        if (sum >= share * total) return edges[bucket];
      }
      return edges[buckets - 1];
    },
  };
}
