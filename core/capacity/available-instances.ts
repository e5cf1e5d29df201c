/** Time for which a refusal by the provider limits the capacity. */
const REFUSAL_SECONDS = 3600;

export interface CapacityRefusal {
  readonly atSeconds: number;
  /** Instances in service or starting at the time of the refusal. */
  readonly instances: number;
}

/** Instances to request beyond a refused number, so that new capacity is noticed. */
const PROBED_INSTANCES = 1;

/**
 * Instances available now. The limits are the group's maximum, the account's quota, and, for an
 * hour after an insufficient-capacity error, one instance more than the group had then. Existing
 * instances stay available.
 * @param supply.quotaInstances instances that the quota allows this group; null if unknown.
 */
export function availableInstances(supply: {
  readonly maxInstances: number;
  readonly current: number;
  readonly quotaInstances: number | null;
  readonly refusals: readonly CapacityRefusal[];
  readonly nowSeconds: number;
}): number {
  const recent = supply.refusals.filter(
    ({ atSeconds }) =>
      atSeconds <= supply.nowSeconds && supply.nowSeconds - atSeconds < REFUSAL_SECONDS,
  );
  const had = Math.min(...recent.map(({ instances }) => instances)) + PROBED_INSTANCES;
  const most = Math.min(supply.maxInstances, supply.quotaInstances ?? Infinity, had);
  return Math.min(supply.maxInstances, Math.max(most, supply.current));
}
