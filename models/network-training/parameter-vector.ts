import type { Expression } from '#models/autodiff/expression.ts';
import { input, reshape, split } from '#models/autodiff/expression.ts';
import { sizeOf } from '#models/autodiff/tensor-shape.ts';
import { parameterCount, type ParameterSpec } from './parameter-layout.ts';

/** Splits the vector into the groups, by name. */
export function unpackParameters(
  vector: Expression,
  specs: readonly ParameterSpec[],
): ReadonlyMap<string, Expression> {
  const lengths = specs.map(({ shape }) => sizeOf(shape));
  const groups = split(vector, 0, lengths);
  return new Map(specs.map(({ name, shape }, k) => [name, reshape(groups[k], shape)]));
}

export const parameterVector = (specs: readonly ParameterSpec[]): Expression =>
  input('parameters', [parameterCount(specs)]);
