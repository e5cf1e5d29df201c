/** Relative size below which a pivot is rounding error. */
const NEGLIGIBLE = 1e-12;

/**
 * Cholesky decomposition of a symmetric positive definite matrix, in place. A pivot that is not
 * positive, of a column that depends on others, becomes 0 and is left out of solutions.
 * @param matrix row-major [size × size]; only the lower triangle is read and written.
 */
export function decompose(matrix: Float64Array, size: number): void {
  for (let j = 0; j < size; j++) {
    const diagonal = matrix[j * size + j];
    let rest = diagonal;
    for (let k = 0; k < j; k++) rest -= matrix[j * size + k] ** 2;
    const pivot = rest > NEGLIGIBLE * diagonal ? Math.sqrt(rest) : 0;
    matrix[j * size + j] = pivot;
    for (let i = j + 1; i < size; i++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      matrix[i * size + j] = pivot === 0 ? 0 : sum / pivot;
    }
  }
}

/**
 * Solves A x = b with the result of `decompose`. Overwrites b with x; x is 0 where the pivot is 0.
 */
export function solveDecomposed(matrix: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let j = 0; j < size; j++) {
    const pivot = matrix[j * size + j];
    let sum = right[j];
    for (let k = 0; k < j; k++) sum -= matrix[j * size + k] * right[k];
    right[j] = pivot === 0 ? 0 : sum / pivot;
  }
  for (let j = size - 1; j >= 0; j--) {
    const pivot = matrix[j * size + j];
    let sum = right[j];
    for (let k = j + 1; k < size; k++) sum -= matrix[k * size + j] * right[k];
    right[j] = pivot === 0 ? 0 : sum / pivot;
  }
}
