import type { RollingForecast } from '../forecast-model.ts';
import { rankValues } from '../rank-values.ts';
import type { AtomGroup } from './pool-atoms.ts';
import { atomCount, atomGroups } from './pool-atoms.ts';
import type { PoolPlan } from './pool-plan.ts';
import { createPooling } from './pooling.ts';

/**
 * The pool at growing origins of one series without comparing values again: all values are ranked once, the order statistics
 * of the context come from a histogram over the ranks that moves along, and a table says which atom a rank falls to.
 * @param steps steps ahead, counted from 1.
 */
export function rollPool(
  values: Float64Array,
  plan: PoolPlan,
  steps: readonly number[],
): RollingForecast {
  const { context, levels } = plan.shape;
  const { sorted, ranks } = rankValues(values);
  const groups = atomGroups(plan.shape);
  const atoms = new Int32Array(atomCount(groups));
  const atomOfRank = new Uint8Array(sorted.length);
  const bins = new Uint8Array(context);
  const chosen = new Uint8Array(steps.length * levels.length);
  const pool = createPooling(plan, steps);
  const contextRanks = movingRanks(ranks, context);
  return (end, out) => {
    const histogram = contextRanks(end);
    let at = 0;
    for (const group of groups) {
      const own = atoms.subarray(at, at + group.ranks.length);
      if (group.points === context) histogram.orderStatistics(group.ranks, own);
      else sortedRanks(ranks, end, group, own);
      at += own.length;
    }
    atoms.sort();
    let from = 0;
    for (let atom = 0; atom < atoms.length; atom++) {
      const next = atoms[atom]! + 1;
      if (next > from) atomOfRank.fill(atom, from, next);
      from = Math.max(from, next);
    }
    for (let k = 0; k < context; k++) bins[k] = atomOfRank[ranks[end - context + k]!]!;
    pool(bins, chosen);
    for (let k = 0; k < chosen.length; k++) out[k] = sorted[atoms[chosen[k]!]!]!;
  };
}

function sortedRanks(ranks: Int32Array, end: number, group: AtomGroup, out: Int32Array): void {
  const own = ranks.slice(end - group.points, end).sort();
  group.ranks.forEach((rank, k) => (out[k] = own[rank]!));
}

/** Ranks per bucket: near the square root of the 8064 points of four weeks. */
const BUCKET = 128;

interface RankHistogram {
  /** Writes the ranks that stand at the given places, increasing, of the sorted window. */
  orderStatistics(places: readonly number[], out: Int32Array): void;
}

/** The ranks of the last `length` values before an end that only grows. */
function movingRanks(ranks: Int32Array, length: number): (end: number) => RankHistogram {
  const counts = new Int32Array(ranks.length);
  const buckets = new Int32Array(Math.ceil(ranks.length / BUCKET));
  const count = (index: number, change: number): void => {
    const rank = ranks[index]!;
    counts[rank]! += change;
    buckets[(rank / BUCKET) | 0]! += change;
  };
  let [start, moved] = [0, 0];
  const histogram: RankHistogram = {
    orderStatistics(places, out) {
      let [below, rank] = [0, 0];
      for (let k = 0; k < places.length; k++) {
        const place = places[k]!;
        for (;;) {
          const whole = rank % BUCKET === 0 ? buckets[rank / BUCKET]! : Infinity;
          if (below + whole <= place) {
            below += whole;
            rank += BUCKET;
          } else if (below + counts[rank]! <= place) below += counts[rank++]!;
          else break;
        }
        out[k] = rank;
      }
    },
  };
  return (end) => {
    if (end < moved || end < length)
      throw new RangeError(`cannot forecast at ${end} after ${moved}`);
    if (end - length >= moved) {
      // Nothing in common with the window before.
      for (; start < moved; start++) count(start, -1);
      start = moved = end - length;
    }
    for (; moved < end; moved++) count(moved, 1);
    for (; start < end - length; start++) count(start, -1);
    return histogram;
  };
}
