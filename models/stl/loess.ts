export interface LoessOptions {
  /** Points in the neighbourhood, odd. */
  readonly window: number;
  readonly degree: 0 | 1;
}

/**
 * Locally weighted regression of equally spaced values with tricube weights (Cleveland et al. 1990, section 2), at the positions
 * from `first` to `last` inclusive; value k is at position k, so positions outside extrapolate.
 */
export function loess(
  values: Float64Array,
  { window, degree }: LoessOptions,
  [first, last]: readonly [first: number, last: number] = [0, values.length - 1],
): Float64Array {
  const n = values.length;
  const count = Math.min(window, n);
  const smoothed = new Float64Array(last - first + 1);
  const weights = new Float64Array(count);
  for (let position = first; position <= last; position++) {
    const left = Math.max(0, Math.min(position - (count >> 1), n - count));
    const reach =
      Math.max(position - left, left + count - 1 - position) + (window > n ? (window - n) >> 1 : 0);
    smoothed[position - first] = localFit(values, { left, position, reach, degree, weights });
  }
  return smoothed;
}

interface Neighbourhood {
  readonly left: number;
  readonly position: number;
  /** Distance at which the weight falls to 0. */
  readonly reach: number;
  readonly degree: 0 | 1;
  /** Scratch, as long as the neighbourhood. */
  readonly weights: Float64Array;
}

function localFit(values: Float64Array, hood: Neighbourhood): number {
  const { left, position, reach, degree, weights } = hood;
  let [total, mean] = [0, 0];
  for (let k = 0; k < weights.length; k++) {
    const distance = Math.abs(left + k - position) / reach;
    const weight = distance >= 0.999 ? 0 : distance <= 0.001 ? 1 : (1 - distance ** 3) ** 3;
    weights[k] = weight;
    total += weight;
    mean += weight * k;
  }
  if (total === 0) return values[Math.max(0, Math.min(values.length - 1, position))]!;
  mean /= total;
  let [level, slope, spread] = [0, 0, 0];
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k]! / total;
    level += weight * values[left + k]!;
    slope += weight * (k - mean) * values[left + k]!;
    spread += weight * (k - mean) ** 2;
  }
  const wide = Math.sqrt(spread) > 0.001 * (values.length - 1);
  return degree === 1 && wide ? level + (slope / spread) * (position - left - mean) : level;
}
