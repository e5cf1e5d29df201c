/**
 * From this share of the capacity on, a measured use may be all that the capacity let be used.
 */
const SATURATED_FROM = 0.95;
/** At 100 % target tracking at 70 % takes the demand for 1.43 times the use. */
const GROWTH_AT_FULL = 1 / 0.7;

/**
 * The demand behind a measured use of CPU. CPU ends at 100 %, so use near saturation is censored:
 * it says "at least". The estimate grows from the use itself at 95 % to target tracking's at
 * 100 %. What may be used of an instance comes on top, so demand of unknown height is met in fewer
 * decisions than tracking needs. It counts from what is in service, so
 * waiting for instances does not multiply it.
 * @param used and `capacity` in the same unit; a capacity of 0 or NaN says nothing.
 */
export function demandBehind(used: number, capacity: number): number {
  const share = used / capacity;
  if (!(share > SATURATED_FROM) || !Number.isFinite(share)) return used;
  const full = Math.min(1, (share - SATURATED_FROM) / (1 - SATURATED_FROM));
  return used * (1 + full * (GROWTH_AT_FULL - 1));
}
