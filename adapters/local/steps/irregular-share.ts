/** A difference is on the grid if it is within a quarter of a step of a whole number of steps. */
export const JITTER = 0.25;
/** More off-grid differences than this share mean a fault, not occasional clock jumps. */
export const MOST_IRREGULAR = 1 / 3;

/** Share of differences that are not near a multiple of the step. */
export function irregularShare(differences: Float64Array, stepSeconds: number): number {
  let irregular = 0;
  for (const difference of differences) {
    const steps = Math.round(difference / stepSeconds);
    if (steps < 1 || Math.abs(difference - steps * stepSeconds) > JITTER * stepSeconds) irregular++;
  }
  return differences.length === 0 ? 0 : irregular / differences.length;
}
