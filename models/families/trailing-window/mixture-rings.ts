/**
 * Nested trailing windows as rings of ages: all points of a ring carry the same weight. Weights are
 * whole numbers whose sum stays below 2^23, so that cumulated weights and thresholds are exact in
 * float32 too, and ONNX Runtime finds the very same point as TypeScript.
 */
export interface Rings {
  /** Largest age in each ring, in steps, increasing; the newest value has age 1. */
  readonly ages: readonly number[];
  /** Weight of one point of each ring. */
  readonly weights: readonly number[];
  /** Number of points of the widest window. */
  readonly length: number;
  /** Weight of every point, oldest first. */
  readonly pointWeights: Float64Array;
  /** Cumulated weight that the quantile of each level reaches. */
  readonly thresholds: Float64Array;
}

const TOTAL_WEIGHT = 2 ** 22;

/** @param windows length in steps and share of each window, in any order; at least one. */
export function createRings(
  windows: readonly { readonly steps: number; readonly weight: number }[],
  levels: readonly number[],
): Rings {
  const sorted = windows.toSorted((a, b) => a.steps - b.steps);
  const shares = sorted.reduce((sum, { weight }) => sum + weight, 0);
  // A point lies in every window at least as long as its age.
  const weights = sorted.map((_, ring) =>
    sorted
      .slice(ring)
      .reduce(
        (sum, { steps, weight }) =>
          sum + Math.max(1, Math.round((TOTAL_WEIGHT * weight) / shares / steps)),
        0,
      ),
  );
  const ages = sorted.map(({ steps }) => steps);
  const length = ages.at(-1)!;
  const pointWeights = new Float64Array(length);
  weights.forEach((weight, ring) => {
    pointWeights.fill(weight, length - ages[ring], length - (ages[ring - 1] ?? 0));
  });
  const total = pointWeights.reduce((sum, weight) => sum + weight, 0);
  return {
    ages,
    weights,
    length,
    pointWeights,
    thresholds: Float64Array.from(levels, (p) => Math.ceil(p * total)),
  };
}

/**
 * Weighted quantiles (inverse of the weighted distribution function): for each level the smallest
 * value whose cumulated weight reaches the threshold. Sorts `values` within each ring in place.
 * @param values the last `rings.length` values, oldest first.
 */
export function ringQuantiles(values: Float64Array, rings: Rings, out: Float64Array): void {
  const { ages, weights, length, thresholds } = rings;
  const ends = ages.map((_, ring) => length - (ages[ring - 1] ?? 0));
  const heads = ages.map((age) => length - age);
  heads.forEach((start, ring) => values.subarray(start, ends[ring]).sort());
  let cumulated = 0;
  for (let level = 0; level < thresholds.length; level++) {
    let value = out[level - 1] ?? 0;
    while (cumulated < thresholds[level]) {
      let next = -1;
      for (let ring = 0; ring < heads.length; ring++) {
        if (heads[ring] === ends[ring]) continue;
        if (next === -1 || values[heads[ring]] < values[heads[next]]) next = ring;
      }
      value = values[heads[next]];
      heads[next]++;
      cumulated += weights[next];
    }
    out[level] = value;
  }
}
