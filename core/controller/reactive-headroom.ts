/**
 * The share of its capacity that target tracking lets be used, so that use can grow meanwhile.
 */
export const REACTIVE_TARGET = 0.7;
/**
 * Growth that target tracking's headroom lets happen, whatever its target is: an owner who wants
 * half of the capacity used expects to serve well up to a fifth above that.
 */
const LEAST_HEADROOM = 1.2;

/**
 * The share of what may be used that target tracking lets be used.
 * @param targetUtilization share of an instance's capacity that may be used.
 * @param policyTarget target of target tracking as a share of an instance's capacity; null for the
 * usual one.
 */
export function reactiveShare(targetUtilization: number, policyTarget: number | null): number {
  if (policyTarget !== null) return Math.min(1, policyTarget / targetUtilization);
  return Math.min(1 / LEAST_HEADROOM, REACTIVE_TARGET / targetUtilization);
}
