import { sizeOf, type Shape } from '#models/autodiff/tensor-shape.ts';

/** A group of weights and its initial distribution. */
export interface ParameterSpec {
  readonly name: string;
  readonly shape: Shape;
  /**
   * Half width of the uniform distribution around `centre` (for matrices: Glorot and Bengio,
   * AISTATS 2010).
   */
  readonly spread: number;
  readonly centre?: number;
}

/** All weights are in one vector, which is easy to store, compare and pass to the graph. */
export const parameterCount = (specs: readonly ParameterSpec[]): number =>
  specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** A matrix that preserves the variance of its input. */
export const matrixSpec = (name: string, rows: number, columns: number): ParameterSpec => ({
  name,
  shape: [rows, columns],
  spread: Math.sqrt(6 / (rows + columns)),
});

/** @param random uniform in [0, 1). */
export function initialParameters(
  specs: readonly ParameterSpec[],
  random: () => number,
): Float32Array {
  const parameters = new Float32Array(parameterCount(specs));
  let at = 0;
  for (const { shape, spread, centre = 0 } of specs) {
    for (let k = sizeOf(shape); k > 0; k--) {
      parameters[at++] = spread === 0 ? centre : centre + spread * (2 * random() - 1);
    }
  }
  return parameters;
}
