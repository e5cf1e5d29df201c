import { sizeOf, type Values } from './tensor-shape.ts';

/** [… × m × k] times [k × n], or [b × m × k] times [b × k × n]. */
export function multiplyMatrices(a: Values, b: Values): Values {
  const [inner, columns] = [b.shape.at(-2)!, b.shape.at(-1)!];
  const shape = [...a.shape.slice(0, -1), columns];
  const batches = b.shape.length > 2 ? sizeOf(b.shape.slice(0, -2)) : 1;
  const rows = a.data.length / inner / batches;
  const data = new Float64Array(batches * rows * columns);
  for (let batch = 0; batch < batches; batch++) {
    for (let row = 0; row < rows; row++) {
      const target = (batch * rows + row) * columns;
      for (let k = 0; k < inner; k++) {
        const factor = a.data[(batch * rows + row) * inner + k];
        if (factor === 0) continue;
        const from = (batch * inner + k) * columns;
        for (let column = 0; column < columns; column++) {
          data[target + column] += factor * b.data[from + column];
        }
      }
    }
  }
  return { data, shape };
}
