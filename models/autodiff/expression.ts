import { broadcastShape, sizeOf, type Shape } from './tensor-shape.ts';

/** Operators with the names and meanings of ONNX. All take and return float tensors. */
export type Operator =
  | 'Add'
  | 'Sub'
  | 'Mul'
  | 'Div'
  | 'MatMul'
  | 'Sigmoid'
  | 'Tanh'
  | 'Relu'
  | 'Sign'
  | 'Softplus'
  | 'Exp'
  | 'Sqrt'
  | 'Log'
  | 'ReduceSum'
  | 'Reshape'
  | 'Transpose'
  | 'Concat'
  | 'Part';

/**
 * A value of a calculation. It can be evaluated in TypeScript (`evaluate`), written as ONNX
 * (`lower`) and differentiated (`gradients`). −1 in a shape is the batch, whose size is known only
 * at run time.
 */
export type Expression =
  | { readonly kind: 'input'; readonly name: string; readonly shape: Shape }
  | { readonly kind: 'constant'; readonly values: Float64Array; readonly shape: Shape }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly inputs: readonly Expression[];
      /**
       * Axes of ReduceSum (kept with length 1), permutation of Transpose, axis of Concat and Part.
       */
      readonly axes: readonly number[];
      /** Lengths of all parts along the axis, and the index of this one; only of Part. */
      readonly parts?: readonly number[];
      readonly part?: number;
      readonly shape: Shape;
    };

export type Operation = Extract<Expression, { kind: 'operation' }>;

export const input = (name: string, shape: Shape): Expression => ({ kind: 'input', name, shape });

/** @throws RangeError if the number of values does not match the shape. */
export function constant(values: ArrayLike<number>, shape: Shape): Expression {
  if (sizeOf(shape) !== values.length) {
    throw new RangeError(`${values.length} values do not fill [${shape.join(', ')}]`);
  }
  return { kind: 'constant', values: Float64Array.from(values), shape };
}

/** A constant tensor with the same number everywhere. */
export const filled = (shape: Shape, value: number): Expression =>
  constant(new Float64Array(sizeOf(shape)).fill(value), shape);

export const scalar = (value: number): Expression => constant([value], []);

type Elementwise = 'Add' | 'Sub' | 'Mul' | 'Div';
type Unary = 'Sigmoid' | 'Tanh' | 'Relu' | 'Sign' | 'Softplus' | 'Exp' | 'Sqrt' | 'Log';

const binary =
  (operator: Elementwise) =>
  (a: Expression, b: Expression): Expression => ({
    kind: 'operation',
    operator,
    inputs: [a, b],
    axes: [],
    shape: broadcastShape(a.shape, b.shape),
  });

const unary =
  (operator: Unary) =>
  (a: Expression): Expression => ({
    kind: 'operation',
    operator,
    inputs: [a],
    axes: [],
    shape: a.shape,
  });

export const add = binary('Add');
export const subtract = binary('Sub');
export const multiply = binary('Mul');
export const divide = binary('Div');
export const sigmoid = unary('Sigmoid');
export const tanh = unary('Tanh');
export const relu = unary('Relu');
export const sign = unary('Sign');
export const softplus = unary('Softplus');
export const exp = unary('Exp');
export const sqrt = unary('Sqrt');
export const log = unary('Log');

/**
 * [… × m × k] times [k × n], or [b × m × k] times [b × k × n].
 * @throws RangeError if the shapes do not fit.
 */
export function matMul(a: Expression, b: Expression): Expression {
  const fits = a.shape.at(-1) === b.shape.at(-2) && a.shape.length >= 2;
  if (!fits || (b.shape.length !== 2 && b.shape.length !== a.shape.length)) {
    throw new RangeError(`[${a.shape.join(', ')}] times [${b.shape.join(', ')}] is not defined`);
  }
  const shape = [...a.shape.slice(0, -1), b.shape.at(-1)!];
  return { kind: 'operation', operator: 'MatMul', inputs: [a, b], axes: [], shape };
}

/** Sums over the axes, which keep the length 1. */
export function reduceSum(a: Expression, axes: readonly number[]): Expression {
  const shape = a.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  return { kind: 'operation', operator: 'ReduceSum', inputs: [a], axes, shape };
}

export const reshape = (a: Expression, shape: Shape): Expression => ({
  kind: 'operation',
  operator: 'Reshape',
  inputs: [a],
  axes: [],
  shape,
});

export const transpose = (a: Expression, axes: readonly number[]): Expression => ({
  kind: 'operation',
  operator: 'Transpose',
  inputs: [a],
  axes,
  shape: axes.map((axis) => a.shape[axis]),
});

/** @throws RangeError without parts. */
export function concat(parts: readonly Expression[], axis: number): Expression {
  const [first] = parts;
  if (first === undefined) throw new RangeError('nothing to put together');
  if (parts.length === 1) return first;
  const length = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  const shape = first.shape.map((one, k) => (k === axis ? length : one));
  return { kind: 'operation', operator: 'Concat', inputs: parts, axes: [axis], shape };
}

/** Cuts a tensor along an axis into parts of the given lengths. */
export function split(a: Expression, axis: number, parts: readonly number[]): Expression[] {
  return parts.map((length, part) => ({
    kind: 'operation',
    operator: 'Part',
    inputs: [a],
    axes: [axis],
    parts,
    part,
    shape: a.shape.map((one, k) => (k === axis ? length : one)),
  }));
}
