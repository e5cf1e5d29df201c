/**
 * From this share of the capacity on, a measured use may be all that the capacity let be used.
 */
const SATURATED_FROM = 0.95;
/**
 * At 100 % the demand is taken for what target tracking at 70 % takes it for. A larger estimate
 * answers a surge in fewer steps, but counts against target tracking's record what it would have
 * served.
 */
const GROWTH_AT_FULL = 1 / 0.7;

/**
 * The demand behind a measured use of CPU. CPU ends at 100 %, so use near saturation is censored:
 * it says "at least". The estimate grows from the use itself at 95 % to 1.43 times the use at 100 %.
 * It counts from what is in service, so waiting for instances does not multiply it.
 * @param used and `capacity` in the same unit; a capacity of 0 or NaN says nothing.
 */
export function demandBehind(used: number, capacity: number): number {
  const share = used / capacity;
  if (!(share > SATURATED_FROM) || !Number.isFinite(share)) return used;
  const full = Math.min(1, (share - SATURATED_FROM) / (1 - SATURATED_FROM));
  return used * (1 + full * (GROWTH_AT_FULL - 1));
}

/**
 * The measured part of a demand that may be an estimate of `demandBehind`; null where all of it was
 * measured. More than any estimate is a demand that is measured beyond the capacity, as requests
 * are.
 * @param demand and `capacity` in the same unit.
 */
export function certainPart(demand: number, capacity: number): number | null {
  const share = demand / capacity;
  const isEstimate = share > SATURATED_FROM && share <= GROWTH_AT_FULL + 1e-9;
  return isEstimate ? Math.min(demand, capacity) : null;
}
