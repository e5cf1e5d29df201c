/** Lengths of the axes; −1 is the batch. */
export type Shape = readonly number[];

/** Numbers with their shape, row-major. */
export interface Values {
  readonly data: Float64Array;
  readonly shape: Shape;
}

/**
 * Shape of an elementwise result (broadcasting as in NumPy and ONNX).
 * @throws RangeError if the shapes do not fit.
 */
export function broadcastShape(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, k) => {
    const [one, other] = [a[k - rank + a.length] ?? 1, b[k - rank + b.length] ?? 1];
    if (one !== other && one !== 1 && other !== 1) {
      throw new RangeError(`[${a.join(', ')}] does not fit [${b.join(', ')}]`);
    }
    return one === 1 ? other : one;
  });
}

export const sizeOf = (shape: Shape): number =>
  shape.reduce((product, length) => product * length, 1);
