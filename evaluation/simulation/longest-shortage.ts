/**
 * Number of steps of the longest uninterrupted shortage within [from, to): demand above the
 * capacity in service. A step without a measurement neither ends nor lengthens it.
 */
export function longestShortage(
  demand: Float64Array,
  inService: Float64Array,
  { from, to }: { readonly from: number; readonly to: number },
): number {
  let [longest, current] = [0, 0];
  for (let step = from; step < Math.min(to, demand.length); step++) {
    const lacking = demand[step] - inService[step];
    if (Number.isNaN(lacking)) continue;
    current = lacking > 1e-9 ? current + 1 : 0;
    longest = Math.max(longest, current);
  }
  return longest;
}
