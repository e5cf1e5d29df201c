/**
 * Target tracking as the replay has it, kinder than the cloud's: it scales out in proportion as soon as one point lies
 * above the target, and in to the largest need of the last three points. Both are the same rule: the largest of
 * ceil(need ÷ target) over the last three points, of which the newest decides when need grows.
 * @param demand need in instances per step; only steps before `step` are read, NaN (not measured) is no reason to act.
 * @returns the wanted number of instances, null when nothing was measured in the last three steps.
 */
export function targetTracking(demand: Float64Array, step: number, target: number): number | null {
  let wanted: number | null = null;
  for (let k = Math.max(0, step - 3); k < step; k++) {
    const need = demand[k]!;
    if (Number.isNaN(need)) continue;
    wanted = Math.max(wanted ?? 0, Math.ceil(need / target - 1e-9));
  }
  return wanted;
}
