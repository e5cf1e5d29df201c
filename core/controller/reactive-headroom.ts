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
 * Target tracking's headroom above a use, as a factor of what may be used.
 * @param targetUtilization share of an instance's capacity that may be used: 1 / 0.7 where that is
 * all of it.
 */
export function reactiveFactor(targetUtilization: number): number {
  return Math.max(LEAST_HEADROOM, targetUtilization / REACTIVE_TARGET);
}
