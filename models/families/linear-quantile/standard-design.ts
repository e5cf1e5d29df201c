import type { Design } from './design-sums.ts';

/**
 * A design whose columns have mean 0 and variance 1 and whose targets have mean 0 and mean absolute
 * deviation 1.
 */
export interface StandardDesign {
  readonly design: Design;
  /**
   * Per feature, without the constant column, and for the target: value = center + size ·
   * standardised value.
   */
  readonly centers: Float64Array;
  readonly sizes: Float64Array;
  readonly targetCenter: number;
  readonly targetSize: number;
}

/**
 * Standardises a design in place. A constant column gets the size 0 and the values 0.
 * @param features row-major [rows × columns]; the first column is overwritten with ones.
 */
export function standardDesign(raw: Design): StandardDesign {
  const { rows, columns, features, targets } = raw;
  const centers = new Float64Array(columns - 1);
  const sizes = new Float64Array(columns - 1);
  for (let c = 1; c < columns; c++) {
    let [sum, squares] = [0, 0];
    for (let at = c; at < rows * columns; at += columns) sum += features[at];
    const center = sum / rows;
    for (let at = c; at < rows * columns; at += columns) squares += (features[at] - center) ** 2;
    const size = Math.sqrt(squares / rows);
    const usable = size > CONSTANT * Math.abs(center) ? size : 0;
    centers[c - 1] = center;
    sizes[c - 1] = usable;
    const factor = usable === 0 ? 0 : 1 / usable;
    for (let at = c; at < rows * columns; at += columns) {
      features[at] = (features[at] - center) * factor;
    }
  }
  for (let at = 0; at < rows * columns; at += columns) features[at] = 1;
  const targetCenter = targets.reduce((sum, value) => sum + value, 0) / rows;
  const deviation = targets.reduce((sum, value) => sum + Math.abs(value - targetCenter), 0) / rows;
  const targetSize = deviation > CONSTANT * Math.abs(targetCenter) ? deviation : 0;
  const factor = targetSize === 0 ? 0 : 1 / targetSize;
  for (let row = 0; row < rows; row++) targets[row] = (targets[row] - targetCenter) * factor;
  return { design: raw, centers, sizes, targetCenter, targetSize };
}

/** A column with a relative variation below this limit is constant, apart from rounding errors. */
const CONSTANT = 1e-9;

/**
 * Converts coefficients for standardised features and targets to those for raw ones, written into
 * `out`.
 */
export function rawCoefficients(
  { centers, sizes, targetCenter, targetSize }: StandardDesign,
  standard: Float64Array,
  out: Float64Array,
): void {
  let intercept = targetCenter + targetSize * standard[0];
  for (let c = 1; c < standard.length; c++) {
    const size = sizes[c - 1];
    out[c] = size === 0 ? 0 : (targetSize * standard[c]) / size;
    intercept -= out[c] * centers[c - 1];
  }
  out[0] = intercept;
}

/** The reverse of `rawCoefficients`. */
export function standardCoefficients(
  { centers, sizes, targetCenter, targetSize }: StandardDesign,
  raw: Float64Array,
  out: Float64Array,
): void {
  if (targetSize === 0) {
    out.fill(0);
    return;
  }
  let intercept = raw[0] - targetCenter;
  for (let c = 1; c < raw.length; c++) {
    out[c] = (raw[c] * sizes[c - 1]) / targetSize;
    intercept += raw[c] * centers[c - 1];
  }
  out[0] = intercept / targetSize;
}
