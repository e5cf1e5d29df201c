/**
 * Values of some steps on a grid of all steps, NaN elsewhere.
 * @param first step of the grid's first value; all steps are on the grid.
 */
export function spreadSteps(
  { steps, values }: { readonly steps: Float64Array; readonly values: ArrayLike<number> },
  first: number,
  length: number,
): Float64Array {
  const grid = new Float64Array(length).fill(NaN);
  steps.forEach((step, k) => (grid[step - first] = values[k]));
  return grid;
}
