/**
 * Coefficients that minimise Σ (target − Σ c_k column_k)² + Σ penalty_k c_k², from the normal
 * equations by Cholesky decomposition. Columns should have similar magnitudes.
 * @param penalties one per column, ≥ 0; zeros by default.
 * @returns null if the columns are (nearly) linearly dependent.
 */
export function leastSquares(
  columns: readonly Float64Array[],
  target: Float64Array,
  penalties?: Float64Array,
): Float64Array | null {
  const count = columns.length;
  const matrix = new Float64Array(count * count);
  const right = new Float64Array(count);
  columns.forEach((column, row) => {
    for (let other = 0; other <= row; other++) {
      matrix[row * count + other] = dot(column, columns[other]);
    }
    matrix[row * count + row] += penalties?.[row] ?? 0;
    right[row] = dot(column, target);
  });
  return solveCholesky(matrix, right);
}

/** A column is dependent if its pivot is below this share of its diagonal element. */
const DEPENDENT = 1e-10;

/**
 * Solves A x = b for a symmetric positive definite A.
 * @param matrix row-major; its lower triangle is read and overwritten.
 * @param right overwritten with the solution.
 * @returns the solution, or null if A is not (safely) positive definite.
 */
export function solveCholesky(matrix: Float64Array, right: Float64Array): Float64Array | null {
  const n = right.length;
  for (let j = 0; j < n; j++) {
    const diagonal = matrix[j * n + j];
    let pivot = diagonal;
    for (let k = 0; k < j; k++) pivot -= matrix[j * n + k] ** 2;
    if (!(pivot > DEPENDENT * diagonal)) return null;
    const root = Math.sqrt(pivot);
    matrix[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = matrix[i * n + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * n + k] * matrix[j * n + k];
      matrix[i * n + j] = sum / root;
    }
  }
  for (let i = 0; i < n; i++) {
    let sum = right[i];
    for (let k = 0; k < i; k++) sum -= matrix[i * n + k] * right[k];
    right[i] = sum / matrix[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = right[i];
    for (let k = i + 1; k < n; k++) sum -= matrix[k * n + i] * right[k];
    right[i] = sum / matrix[i * n + i];
  }
  return right;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
