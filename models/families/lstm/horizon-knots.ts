/** Seconds ahead at which the network speaks for itself; in between it is interpolated. */
const KNOT_SECONDS: readonly number[] = [300, 900, 1800, 3600, 10_800, 28_800, 86_400, 259_200];

export const KNOT_COUNT = KNOT_SECONDS.length;

/**
 * Weights of the knots at the steps (counted from 1), row-major [knots × steps]; linear in the
 * logarithm of time.
 */
export function knotWeights(steps: readonly number[], stepSeconds: number): Float64Array {
  const weights = new Float64Array(KNOT_COUNT * steps.length);
  steps.forEach((step, column) => {
    const seconds = step * stepSeconds;
    const after = KNOT_SECONDS.findIndex((knot) => knot >= seconds);
    if (after <= 0) {
      weights[(after === 0 ? 0 : KNOT_COUNT - 1) * steps.length + column] = 1;
      return;
    }
    const [low, high] = [Math.log(KNOT_SECONDS[after - 1]), Math.log(KNOT_SECONDS[after])];
    const part = (Math.log(seconds) - low) / (high - low);
    weights[after * steps.length + column] = part;
    weights[(after - 1) * steps.length + column] = 1 - part;
  });
  return weights;
}
