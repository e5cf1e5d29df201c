import { TRIED_MIXES } from '#core/evidence/evidence-mix.ts';
import type { PooledUse } from '#core/evidence/instance-use.ts';

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
const HELD_ALONE: readonly number[] = [2, HELD_DECISIONS];
/** The policy itself holds what a floor raised. */
const HELD_BESIDE: readonly number[] = [1];
const ALONE = heldFor(HELD_ALONE);
const BESIDE = heldFor(HELD_BESIDE);

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
 * @param mixes expected use of each instance then, by each of `TRIED_MIXES`.
 */
export function askedByEach(mixes: readonly PooledUse[]): readonly number[] {
  const quantiles = TRIED_QUANTILES.length;
  const asked = Array<number>(mixes.length * quantiles).fill(0);
  mixes.forEach((last, mix) => {
    let count = last.length;
    // A lower quantile asks for no more.
    for (let at = quantiles - 1; at >= 0; at--) {
      const least = 1 - TRIED_QUANTILES[at];
      while (count > 0 && last[count - 1] < least) count--;
      asked[mix * quantiles + at] = count;
    }
  });
  return asked;
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

/** What all behaviours want, in the order of `behavioursOf`; see `wantedBy`. */
export function wantedByEach(isBeside: boolean, asked: readonly (readonly number[])[]): number[] {
  const wanted: number[] = [];
  for (const holds of isBeside ? HELD_BESIDE : HELD_ALONE) {
    const rows = asked.slice(-holds);
    for (let column = 0; column < COLUMNS.length; column++) {
      let most = 0;
      for (const row of rows) if (row[column] > most) most = row[column];
      wanted.push(most);
    }
  }
  return wanted;
}
