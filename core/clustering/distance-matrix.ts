/** Symmetric distances between `size` items, row-major, diagonal 0. */
export interface DistanceMatrix {
  readonly size: number;
  readonly values: Float64Array;
}

/**
 * All pairwise distances. A pair whose distance is NaN (nothing in common) gets the distance
 * `unknown`.
 */
export function distanceMatrix<T>(
  items: readonly T[],
  distance: (a: T, b: T) => number,
  unknown: number,
): DistanceMatrix {
  const size = items.length;
  const values = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = row + 1; column < size; column++) {
      const measured = distance(items[row], items[column]);
      const value = Number.isNaN(measured) ? unknown : measured;
      values[row * size + column] = value;
      values[column * size + row] = value;
    }
  }
  return { size, values };
}
