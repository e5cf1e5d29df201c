import { TRIED_MIXES } from '#core/evidence/evidence-mix.ts';
import type { InstanceShares } from '#core/evidence/instance-shares.ts';

/** Quantiles that are tried of every mix of evidence. */
export const TRIED_QUANTILES: readonly number[] = [
  0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.985, 0.995,
];

/** The most decisions for which what was asked for is held, as target tracking's scale-in does. */
export const HELD_DECISIONS = 3;

/** A way to turn evidence into a number of instances. */
export interface Behaviour {
  /** Position among the numbers of `askedByEach`. */
  readonly column: number;
  readonly quantile: number;
  readonly holds: number;
}

/** Every mix at every quantile: what `askedByEach` counts, in its order. */
export const COLUMNS: readonly { readonly mix: number; readonly quantile: number }[] =
  TRIED_MIXES.flatMap((_, mix) => TRIED_QUANTILES.map((quantile) => ({ mix, quantile })));

/** What the very next decision takes back is a scaling action that served nobody. */
const ALONE = heldFor([2, HELD_DECISIONS]);
/** The policy itself holds what a floor raised. */
const BESIDE = heldFor([1]);

/**
 * All behaviours that are tried beside target tracking.
 * @param isBeside whether a policy of the group's own stands beside, so that they are floors.
 */
export function behavioursOf(isBeside: boolean): readonly Behaviour[] {
  return isBeside ? BESIDE : ALONE;
}

function heldFor(decisions: readonly number[]): readonly Behaviour[] {
  return decisions.flatMap((holds) =>
    COLUMNS.map(({ quantile }, column) => ({ column, quantile, holds })),
  );
}

/**
 * Instances that pay by every mix at every quantile, by the end of the lead time: the largest count
 * whose last instance is expected to be used by at least 1 − quantile (see `chooseInstances`).
 * @param mixes shares by each of `TRIED_MIXES`.
 */
export function askedByEach(mixes: readonly InstanceShares[]): readonly number[] {
  return mixes.flatMap((shares) => {
    const last = shares.at(-1)!;
    return TRIED_QUANTILES.map((quantile) => {
      let count = last.length;
      while (count > 0 && last[count - 1] < 1 - quantile) count--;
      return count;
    });
  });
}

/**
 * What a behaviour wants.
 * @param asked rows of `askedByEach`, newest last; at least one.
 */
export function wantedBy(
  { column, holds }: Behaviour,
  asked: readonly (readonly number[])[],
): number {
  let most = 0;
  for (let row = Math.max(0, asked.length - holds); row < asked.length; row++) {
    most = Math.max(most, asked[row][column] ?? 0);
  }
  return most;
}
