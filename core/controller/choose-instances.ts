import type { InstanceShares } from '#core/evidence/instance-shares.ts';

export interface InstanceChoice {
  /** Instances that pay once those asked for now are in service. */
  readonly asked: number;
  /** Instances that pay to keep, of those there are; at least `asked`. */
  readonly kept: number;
}

/**
 * Newsvendor, instance by instance. An instance pays in a step if its expected use is at least 1 −
 * quantile: with the quantile shortage ÷ (shortage + idle) that is where what it would serve is
 * worth what it would idle (Arrow, Harris, Marschak, Econometrica 19, 1951). One that is asked for
 * now serves from the end of the lead time on, so it is judged by that step. One that is there and
 * given back could be had again only after a whole lead time, so it is kept if over any beginning
 * of the lead time it pays on balance: scaling in is as fast as the forecast allows and no faster,
 * and instances do not flap.
 * @param shares see InstanceShares; at least one step.
 * @param current instances that are in service or starting.
 */
export function chooseInstances(
  shares: InstanceShares,
  { quantile, current }: { readonly quantile: number; readonly current: number },
): InstanceChoice {
  const least = 1 - quantile;
  const last = shares.at(-1)!;
  const asked = largest(last.length, (k) => last[k]! >= least);
  const kept = largest(Math.min(current, last.length), (k) => paysToKeep(shares, k, least));
  return { asked, kept: Math.max(asked, kept) };
}

/** The largest count whose last instance passes; 0 if none does. */
function largest(count: number, passes: (index: number) => boolean): number {
  for (let k = count - 1; k >= 0; k--) if (passes(k)) return k + 1;
  return 0;
}

function paysToKeep(shares: InstanceShares, k: number, least: number): boolean {
  let balance = 0;
  for (const step of shares) {
    balance += step[k]! - least;
    if (balance >= 0) return true;
  }
  return false;
}
