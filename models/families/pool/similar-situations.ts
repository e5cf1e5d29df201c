import type { ForecastShape } from '#models/contract/forecast-model.ts';

const HOUR = 3600;

/** How many situations count, and up to which step ahead. */
export interface SimilarSpan {
  readonly last: number;
  readonly points: number;
}

/** A situation is the last value, the last half hour and the last two hours, told by these numbers of values. */
export interface SituationLengths {
  readonly half: number;
  readonly long: number;
}

/**
 * Up to four hours ahead. Between four hours and a day they changed nothing on random origins of bitbrains; a pool that asks them for
 * a day lost 1 to 3 % more than one without them in the windows of 480 steps of 2013-08, and 0 to 1 % less or more in 2013-09.
 */
const SPAN_SECONDS = 4 * HOUR;

/** Situations taken at most, and at most that share of all there are. */
const MOST_SITUATIONS = 60;
const MOST_SHARE = 1 / 4;

/**
 * Sum of the three differences of mean bins up to which a situation counts as like the present one: what was never seen before
 * is like nothing. With 12, 50 and no limit, on a quarter of bitbrains' machines that the shares were not learned on, the
 * steps 13 to 48 of 2013-09 lose 0.379, 0.368 and 0.368, the steps 49 to 144 lose 0.475, 0.472 and 0.474.
 */
const MOST_DIFFERENCE = 50;

/** Stands for a situation that is too far: the last value goes on. */
export const NONE = -1;

/** The largest distance that counts, in the whole numbers of `createFindSituations`. */
export function farthest(shape: ForecastShape): number {
  const { half, long } = situationLengths(shape);
  return MOST_DIFFERENCE * half * long;
}

export function situationLengths({ stepSeconds }: ForecastShape): SituationLengths {
  const steps = (seconds: number): number => Math.max(1, Math.round(seconds / stepSeconds));
  return { half: steps(HOUR / 2), long: steps(2 * HOUR) };
}

/** A situation needs its own past and the whole span behind it within the context; null where there is none. */
export function similarSpan(shape: ForecastShape): SimilarSpan | null {
  const { context, horizon, stepSeconds } = shape;
  const last = Math.min(horizon, Math.round(SPAN_SECONDS / stepSeconds));
  const all = context - last - situationLengths(shape).long + 1;
  const points = Math.min(MOST_SITUATIONS, Math.floor(all * MOST_SHARE));
  return last < 1 || points < 1 ? null : { last, points };
}

/** Writes the ends of the situations; NONE for those that are too far. */
export type FindSituations = (bins: Uint8Array, out: Int32Array) => void;

/**
 * The moments of the context most like its end: nearest neighbours (Cover and Hart, IEEE Transactions on Information
 * Theory 13, 1967) in the sum of the differences of the means of `bins` over the last value, half hour and two hours, the newer
 * one of two equally near. Bins are ranks, so the distance knows no unit, and it is a whole number, so ONNX Runtime
 * finds the very same ones. A situation that ends before history[t] was followed by history[t].
 */
export function createFindSituations(shape: ForecastShape): FindSituations {
  const { context } = shape;
  const lengths = situationLengths(shape);
  const span = similarSpan(shape);
  const most = farthest(shape);
  const found = {
    ends: new Int32Array(context),
    distances: new Int32Array(context),
    // How many lie at each distance: so nothing has to be sorted to find the nearest.
    counts: new Int32Array(most + 1),
  };
  return (bins, out) => {
    if (span === null) return;
    const count = findNear(found, bins, { ...lengths, until: context - span.last, most });
    const { limit, excess } = nearest(found.counts, Math.min(count, span.points));
    const { ends, distances, counts } = found;
    let [at, older] = [0, 0];
    for (let k = 0; k < count; k++) {
      const distance = distances[k]!;
      counts[distance] = 0;
      // Of those just at the limit the older ones give way.
      if (distance < limit || (distance === limit && older++ >= excess)) out[at++] = ends[k]!;
    }
    out.fill(NONE, at, span.points);
  };
}

interface NearSituations {
  /** The situations, oldest first, and their distances. */
  readonly ends: Int32Array;
  readonly distances: Int32Array;
  /** By distance; all zero where nothing is found. */
  readonly counts: Int32Array;
}

/** Writes the situations within `most` that end at or before `until`; gives how many there are. */
function findNear(
  { ends, distances, counts }: NearSituations,
  bins: Uint8Array,
  { half, long, until, most }: SituationLengths & { readonly until: number; readonly most: number },
): number {
  const context = bins.length;
  const last = bins[context - 1]!;
  const lastHalf = sumOf(bins, context - half, context);
  const lastLong = sumOf(bins, context - long, context);
  let halfSum = sumOf(bins, long - half, long);
  let longSum = sumOf(bins, 0, long);
  let count = 0;
  for (let t = long; t <= until; t++) {
    const distance =
      half * long * Math.abs(bins[t - 1]! - last) +
      long * Math.abs(halfSum - lastHalf) +
      half * Math.abs(longSum - lastLong);
    if (distance <= most) {
      ends[count] = t;
      distances[count++] = distance;
      counts[distance]!++;
    }
    const next = bins[t]!;
    halfSum += next - bins[t - half]!;
    longSum += next - bins[t - long]!;
  }
  return count;
}

/** The distance up to which there are so many, and how many more there are. */
function nearest(
  counts: Int32Array,
  points: number,
): { readonly limit: number; readonly excess: number } {
  let [limit, within] = [0, counts[0]!];
  while (within < points) within += counts[++limit]!;
  return { limit, excess: within - points };
}

function sumOf(bins: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let k = from; k < to; k++) sum += bins[k]!;
  return sum;
}
