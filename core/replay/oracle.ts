/**
 * The physical limit: knows the demand of the lead time ahead and still has to wait for new instances.
 * @param demand need in instances per step, NaN where not measured.
 * @returns the largest need of the steps a decision at the start of `step` answers for, null if none is measured.
 */
export function oracle(demand: Float64Array, step: number, leadSteps: number): number | null {
  let wanted: number | null = null;
  for (let k = step; k < Math.min(demand.length, step + leadSteps); k++) {
    const need = demand[k]!;
    if (!Number.isNaN(need)) wanted = Math.max(wanted ?? 0, Math.ceil(need - 1e-9));
  }
  return wanted;
}
