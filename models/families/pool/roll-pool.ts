import type { RollingForecast } from '#models/contract/forecast-model.ts';
import { rankValues } from '#models/numeric/rank-values.ts';
import { createSortedStretch } from '#models/numeric/sorted-stretch.ts';
import { atomCount, atomGroups } from './pool-atoms.ts';
import type { PoolPlan } from './pool-plan.ts';
import { createPooling } from './pooling.ts';

/**
 * The pool at increasing origins of one series. All values are ranked once. Order statistics come
 * from ranges of ranks that stay sorted while they move, and a table gives the atom of each rank.
 * No values are compared again.
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
  const stretches = groups.map(({ points, ranks: places }) => ({
    sortedRanks: createSortedStretch(ranks, points),
    places,
  }));
  const atoms = new Int32Array(atomCount(groups));
  const atomOfRank = new Uint8Array(sorted.length);
  const bins = new Uint8Array(context);
  const chosen = new Uint8Array(steps.length * levels.length);
  const pool = createPooling(plan, steps, atomCount(groups));
  return (end, out) => {
    let at = 0;
    for (const { sortedRanks, places } of stretches) {
      const own = sortedRanks(end);
      for (const place of places) atoms[at++] = own[place];
    }
    atoms.sort();
    let from = 0;
    for (let atom = 0; atom < atoms.length; atom++) {
      const next = atoms[atom] + 1;
      if (next > from) atomOfRank.fill(atom, from, next);
      from = Math.max(from, next);
    }
    for (let k = 0; k < context; k++) bins[k] = atomOfRank[ranks[end - context + k]];
    pool(bins, chosen);
    for (let k = 0; k < chosen.length; k++) out[k] = sorted[atoms[chosen[k]]];
  };
}
