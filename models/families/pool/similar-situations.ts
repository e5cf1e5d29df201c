import type { ForecastShape } from '#models/contract/forecast-model.ts';

const HOUR = 3600;

/** Number of situations used, and the last step ahead for which they are used. */
export interface SimilarSpan {
  readonly last: number;
  readonly points: number;
}

/**
 * A situation is described by the last value, the last half hour and the last two hours. These are
 * their lengths in steps.
 */
export interface SituationLengths {
  readonly half: number;
  readonly long: number;
}

/**
 * Situations are used up to four hours ahead. docs/research/learned-pool.md shows that they bring
 * nothing later.
 */
const SPAN_SECONDS = 4 * HOUR;

/** Largest number of situations, and largest share of all possible ones. */
const MOST_SITUATIONS = 60;
const MOST_SHARE = 1 / 4;

/**
 * Largest sum of the three differences of mean bins at which a situation is similar to the present
 * one. With the limit, a new situation is similar to none. docs/research/learned-pool.md compares
 * limits.
 */
const MOST_DIFFERENCE = 50;

/** Steps of a few seconds and less make more distances than can be counted in memory. */
const MOST_DISTANCES = 2 ** 26;

/** Stands for a situation that is too different; the last value takes its place. */
export const NONE = -1;

/** Largest distance of a similar situation, in the whole numbers of `createFindSituations`. */
export function farthest(shape: ForecastShape): number {
  const { half, long } = situationLengths(shape);
  return MOST_DIFFERENCE * half * long;
}

export function situationLengths({ stepSeconds }: ForecastShape): SituationLengths {
  const steps = (seconds: number): number => Math.max(1, Math.round(seconds / stepSeconds));
  return { half: steps(HOUR / 2), long: steps(2 * HOUR) };
}

/**
 * Number of situations; null if the context cannot hold any, or steps are too short to compare them.
 * A situation needs its own past and the whole span after it within the context.
 */
export function similarSpan(shape: ForecastShape): SimilarSpan | null {
  const { context, horizon, stepSeconds } = shape;
  if (farthest(shape) > MOST_DISTANCES) return null;
  const last = Math.min(horizon, Math.round(SPAN_SECONDS / stepSeconds));
  const all = context - last - situationLengths(shape).long + 1;
  const points = Math.min(MOST_SITUATIONS, Math.floor(all * MOST_SHARE));
  return last < 1 || points < 1 ? null : { last, points };
}

/** Writes the ends of the situations; NONE for those that are too different. */
export type FindSituations = (bins: Uint8Array, out: Int32Array) => void;

/**
 * Finds the moments of the context that are most similar to its end: nearest neighbours (Cover and
 * Hart, IEEE Transactions on Information Theory 13, 1967). The distance is the sum of the
 * differences of the means of `bins` over the last value, half hour and two hours. The newer of two
 * equally near moments is used.
 * Bins are ranks, so the distance has no unit. It is a whole number, so ONNX Runtime finds the same
 * moments. A situation that ends before history[t] was followed by history[t].
 */
export function createFindSituations(shape: ForecastShape): FindSituations {
  const { context } = shape;
  const lengths = situationLengths(shape);
  const span = similarSpan(shape);
  const most = farthest(shape);
  const found = {
    ends: new Int32Array(context),
    distances: new Int32Array(context),
    // Number of situations at each distance, so that no sorting is needed to find the nearest.
    counts: new Int32Array(span === null ? 0 : most + 1),
  };
  return (bins, out) => {
    if (span === null) return;
    const until = context - span.last;
    const count = findNear(found, bins, { half: lengths.half, long: lengths.long, until, most });
    const { limit, excess } = nearest(found.counts, Math.min(count, span.points));
    const { ends, distances, counts } = found;
    let [at, older] = [0, 0];
    for (let k = 0; k < count; k++) {
      const distance = distances[k];
      counts[distance] = 0;
      // Of the situations exactly at the limit the older ones are left out.
      if (distance < limit || (distance === limit && older++ >= excess)) out[at++] = ends[k];
    }
    out.fill(NONE, at, span.points);
  };
}

interface NearSituations {
  /** The situations, oldest first, and their distances. */
  readonly ends: Int32Array;
  readonly distances: Int32Array;
  /** Number of situations by distance; all zero if there are none. */
  readonly counts: Int32Array;
}

/** Writes the situations within `most` that end at or before `until`. Returns their number. */
function findNear(
  { ends, distances, counts }: NearSituations,
  bins: Uint8Array,
  { half, long, until, most }: SituationLengths & { readonly until: number; readonly most: number },
): number {
  const context = bins.length;
  const last = bins[context - 1];
  const lastHalf = sumOf(bins, context - half, context);
  const lastLong = sumOf(bins, context - long, context);
  let halfSum = sumOf(bins, long - half, long);
  let longSum = sumOf(bins, 0, long);
  let count = 0;
  for (let t = long; t <= until; t++) {
    const distance =
      half * long * Math.abs(bins[t - 1] - last) +
      long * Math.abs(halfSum - lastHalf) +
      half * Math.abs(longSum - lastLong);
    if (distance <= most) {
      ends[count] = t;
      distances[count++] = distance;
      counts[distance]++;
    }
    const next = bins[t];
    halfSum += next - bins[t - half];
    longSum += next - bins[t - long];
  }
  return count;
}

/**
 * The distance of the `count`-th nearest situation, and the number of situations beyond `count` at
 * this distance.
 */
function nearest(
  counts: Int32Array,
  points: number,
): { readonly limit: number; readonly excess: number } {
  let [limit, within] = [0, counts[0]];
  while (within < points) within += counts[++limit];
  return { limit, excess: within - points };
}

function sumOf(bins: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += bins[k];
  return sum;
}
