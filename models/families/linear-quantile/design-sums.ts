/** Rows of features, the first of which is 1, and the targets. */
export interface Design {
  readonly rows: number;
  readonly columns: number;
  /** Row-major [rows × columns]. */
  readonly features: Float64Array;
  /** Of magnitude 1: divide them by their spread. */
  readonly targets: Float64Array;
}

/** The rounded loss of a round. */
export interface Smooth {
  readonly level: number;
  /** Half width of the parabola. */
  readonly width: number;
  readonly ridge: number;
}

/** Arrays of a regression, overwritten by every step. */
export interface Work {
  readonly residuals: Float64Array;
  /** Change of every fitted value in a full step. */
  readonly moves: Float64Array;
  /** Where the features of the rows within the parabola begin. */
  readonly inside: Int32Array;
  readonly matrix: Float64Array;
  readonly direction: Float64Array;
}

/**
 * The fitted value of every row. Rows are taken four at a time here and below, in their order: the
 * same sums, which the processor works out beside each other.
 */
export function predict(
  { rows, columns, features }: Design,
  weights: Float64Array,
  out: Float64Array,
): void {
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const at = row * columns;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let sum4 = 0;
    for (let c = 0, k = at; c < columns; c++, k++) {
      const weight = weights[c];
      sum1 += features[k] * weight;
      sum2 += features[k + columns] * weight;
      sum3 += features[k + 2 * columns] * weight;
      sum4 += features[k + 3 * columns] * weight;
    }
    out[row] = sum1;
    out[row + 1] = sum2;
    out[row + 2] = sum3;
    out[row + 3] = sum4;
  }
  for (; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += features[row * columns + c] * weights[c];
    out[row] = sum;
  }
}

/** Sets `work.direction` to minus the gradient. */
export function descend(
  design: Design,
  smooth: Smooth,
  { coefficients, work }: { readonly coefficients: Float64Array; readonly work: Work },
): void {
  const { rows, columns, features } = design;
  const { residuals, direction } = work;
  const { level, width, ridge } = smooth;
  const curvature = 1 / (2 * width);
  const slopeOf = (residual: number): number => {
    const inside = residual > -width && residual < width;
    return level - 0.5 + (inside ? residual * curvature : residual > 0 ? 0.5 : -0.5);
  };
  direction.fill(0);
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const at = row * columns;
    const slope1 = slopeOf(residuals[row]);
    const slope2 = slopeOf(residuals[row + 1]);
    const slope3 = slopeOf(residuals[row + 2]);
    const slope4 = slopeOf(residuals[row + 3]);
    for (let i = 0, k = at; i < columns; i++, k++) {
      let sum = direction[i] + slope1 * features[k];
      sum += slope2 * features[k + columns];
      sum += slope3 * features[k + 2 * columns];
      sum += slope4 * features[k + 3 * columns];
      direction[i] = sum;
    }
  }
  for (; row < rows; row++) {
    const slope = slopeOf(residuals[row]);
    for (let i = 0; i < columns; i++) direction[i] += slope * features[row * columns + i];
  }
  for (let c = 1; c < columns; c++) direction[c] -= ridge * coefficients[c];
}

/** Sets `work.matrix` to the second derivative (lower triangle). */
export function curve(design: Design, smooth: Smooth, work: Work): void {
  const { rows, columns, features } = design;
  const { residuals, matrix, inside } = work;
  const { width, ridge } = smooth;
  const curvature = 1 / (2 * width);
  matrix.fill(0);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (residuals[row] > -width && residuals[row] < width) inside[count++] = row * columns;
  }
  let k = 0;
  for (; k + 3 < count; k += 4) {
    const at1 = inside[k];
    const at2 = inside[k + 1];
    const at3 = inside[k + 2];
    const at4 = inside[k + 3];
    for (let i = 0; i < columns; i++) {
      const weighted1 = curvature * features[at1 + i];
      const weighted2 = curvature * features[at2 + i];
      const weighted3 = curvature * features[at3 + i];
      const weighted4 = curvature * features[at4 + i];
      const to = i * columns;
      for (let j = 0; j <= i; j++) {
        let sum = matrix[to + j] + weighted1 * features[at1 + j];
        sum += weighted2 * features[at2 + j];
        sum += weighted3 * features[at3 + j];
        sum += weighted4 * features[at4 + j];
        matrix[to + j] = sum;
      }
    }
  }
  for (; k < count; k++) {
    const at = inside[k];
    for (let i = 0; i < columns; i++) {
      const weighted = curvature * features[at + i];
      const to = i * columns;
      for (let j = 0; j <= i; j++) matrix[to + j] += weighted * features[at + j];
    }
  }
  // With few rows within the parabola, the second derivative alone would allow very large steps.
  const least = STEADYING * rows;
  for (let c = 0; c < columns; c++) matrix[c * columns + c] += least + (c === 0 ? 0 : ridge);
}

const STEADYING = 1e-4;
