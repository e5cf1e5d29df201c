/** Step of the differences: the cube root of the machine precision, for variables of order one. */
const DIFFERENCE = 1e-5;

/**
 * Gradient of a function by central differences; two calls per variable. A slope that is not finite
 * counts as 0, so a search does not move in that variable.
 */
export function centralDifferences(
  objective: (point: Float64Array) => number,
): (point: Float64Array, out: Float64Array) => void {
  return (point, out) => {
    const moved = point.slice();
    point.forEach((centre, k) => {
      moved[k] = centre + DIFFERENCE;
      const above = objective(moved);
      moved[k] = centre - DIFFERENCE;
      const slope = (above - objective(moved)) / (2 * DIFFERENCE);
      moved[k] = centre;
      out[k] = Number.isFinite(slope) ? slope : 0;
    });
  };
}
