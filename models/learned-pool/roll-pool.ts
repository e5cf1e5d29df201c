import type { RollingForecast } from '../forecast-model.ts';
import { createRankHistogram, type RankHistogram } from '../rank-histogram.ts';
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
  const wanted = groups.map((group) => ({ group, places: group.ranks.map((rank) => rank + 1) }));
  const atoms = new Int32Array(atomCount(groups));
  const atomOfRank = new Uint8Array(sorted.length);
  const bins = new Uint8Array(context);
  const chosen = new Uint8Array(steps.length * levels.length);
  const pool = createPooling(plan, steps);
  const contextRanks = movingRanks(ranks, context);
  return (end, out) => {
    const histogram = contextRanks(end);
    let at = 0;
    for (const { group, places } of wanted) {
      const own = atoms.subarray(at, at + group.ranks.length);
      if (group.points === context) histogram.reach(places, own);
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

/** The ranks of the last `length` values before an end that only grows. */
function movingRanks(ranks: Int32Array, length: number): (end: number) => RankHistogram {
  const histogram = createRankHistogram(ranks.length);
  let [start, moved] = [0, 0];
  return (end) => {
    if (end < moved || end < length)
      throw new RangeError(`cannot forecast at ${end} after ${moved}`);
    if (end - length >= moved) {
      // Nothing in common with the window before.
      for (; start < moved; start++) histogram.add(ranks[start]!, -1);
      start = moved = end - length;
    }
    for (; moved < end; moved++) histogram.add(ranks[moved]!, 1);
    for (; start < end - length; start++) histogram.add(ranks[start]!, -1);
    return histogram;
  };
}
