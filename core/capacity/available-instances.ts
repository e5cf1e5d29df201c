/** How long a refusal says something about the capacity there is. */
const REFUSAL_SECONDS = 3600;

export interface CapacityRefusal {
  readonly atSeconds: number;
  /** Instances in service or starting when the provider had no more. */
  readonly instances: number;
}

/** Asked for beyond what was refused: somebody has to notice when there is capacity again. */
const PROBED_INSTANCES = 1;

/**
 * Instances that can be had now: the group's maximum, no more than the account's quota leaves it, and for an hour after
 * an insufficient-capacity error one more than there were then. What is there already stays available.
 * @param quotaInstances instances the quota allows this group, null where nothing is known.
 */
export function availableInstances(known: {
  readonly maxInstances: number;
  readonly current: number;
  readonly quotaInstances: number | null;
  readonly refusals: readonly CapacityRefusal[];
  readonly nowSeconds: number;
}): number {
  const recent = known.refusals.filter(
    ({ atSeconds }) =>
      atSeconds <= known.nowSeconds && known.nowSeconds - atSeconds < REFUSAL_SECONDS,
  );
  const had = Math.min(...recent.map(({ instances }) => instances)) + PROBED_INSTANCES;
  const most = Math.min(known.maxInstances, known.quotaInstances ?? Infinity, had);
  return Math.min(known.maxInstances, Math.max(most, known.current));
}
