/**
 * Solves A x = b for a symmetric positive definite A by Cholesky's decomposition. Overwrites A's lower triangle, and b with
 * x. A pivot that is not positive (a column that others make up) takes no part: its unknown becomes 0.
 * @param matrix row-major [size × size]; only the lower triangle is read.
 */
export function solvePositive(matrix: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let j = 0; j < size; j++) {
    const pivot = decomposeColumn(matrix, j, size);
    let sum = right[j]!;
    for (let k = 0; k < j; k++) sum -= matrix[j * size + k]! * right[k]!;
    right[j] = pivot === 0 ? 0 : sum / pivot;
  }
  for (let j = size - 1; j >= 0; j--) {
    const pivot = matrix[j * size + j]!;
    let sum = right[j]!;
    for (let k = j + 1; k < size; k++) sum -= matrix[k * size + j]! * right[k]!;
    right[j] = pivot === 0 ? 0 : sum / pivot;
  }
}

/** Relative size below which a pivot is rounding error. */
const NEGLIGIBLE = 1e-12;

function decomposeColumn(matrix: Float64Array, j: number, size: number): number {
  const diagonal = matrix[j * size + j]!;
  let rest = diagonal;
  for (let k = 0; k < j; k++) rest -= matrix[j * size + k]! ** 2;
  const pivot = rest > NEGLIGIBLE * diagonal ? Math.sqrt(rest) : 0;
  matrix[j * size + j] = pivot;
  for (let i = j + 1; i < size; i++) {
    let sum = matrix[i * size + j]!;
    for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!;
    matrix[i * size + j] = pivot === 0 ? 0 : sum / pivot;
  }
  return pivot;
}
