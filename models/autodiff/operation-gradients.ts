import type { Expression, Operation } from './expression.ts';
import {
  divide,
  filled,
  matMul,
  multiply,
  reshape,
  scalar,
  sigmoid,
  sign,
  split,
  subtract,
  transpose,
} from './expression.ts';

const ONE = scalar(1);
const ZERO = scalar(0);
const negative = (a: Expression): Expression => subtract(ZERO, a);

/**
 * Derivatives with respect to the inputs of an operation, given the derivative with respect to its
 * value. Those of an elementwise operation have the shape of its value, before the sum over
 * repeated axes. Null for an input whose derivative is not needed.
 */
export function operationGradients(
  operation: Operation,
  outer: Expression,
  needs: (input: Expression) => boolean,
): readonly (Expression | null)[] {
  const [a, b] = operation.inputs as readonly [Expression, Expression];
  switch (operation.operator) {
    case 'Add':
      return [needs(a) ? outer : null, needs(b) ? outer : null];
    case 'Sub':
      return [needs(a) ? outer : null, needs(b) ? negative(outer) : null];
    case 'Mul':
      return [needs(a) ? multiply(outer, b) : null, needs(b) ? multiply(outer, a) : null];
    case 'Div':
      return [
        needs(a) ? divide(outer, b) : null,
        needs(b) ? negative(divide(multiply(outer, operation), b)) : null,
      ];
    case 'MatMul':
      return [needs(a) ? leftFactor(outer, b) : null, needs(b) ? rightFactor(outer, a, b) : null];
    case 'Concat':
      return split(
        outer,
        operation.axes[0],
        operation.inputs.map(({ shape }) => shape[operation.axes[0]]),
      ).map((part, k) => (needs(operation.inputs[k]) ? part : null));
    default:
      return [unaryGradient(operation, outer, a)];
  }
}

function unaryGradient(operation: Operation, outer: Expression, a: Expression): Expression {
  switch (operation.operator) {
    case 'Sigmoid':
      return multiply(outer, multiply(operation, subtract(ONE, operation)));
    case 'Tanh':
      return multiply(outer, subtract(ONE, multiply(operation, operation)));
    case 'Relu':
      return multiply(outer, sign(operation));
    case 'Softplus':
      return multiply(outer, sigmoid(a));
    case 'Exp':
      return multiply(outer, operation);
    case 'Sqrt':
      return divide(outer, multiply(scalar(2), operation));
    case 'Log':
      return divide(outer, a);
    case 'ReduceSum':
      return multiply(outer, filled(a.shape, 1));
    case 'Reshape':
      return reshape(outer, a.shape);
    case 'Transpose':
      return transpose(outer, inverse(operation.axes));
    default:
      throw new RangeError(`no derivative of ${operation.operator}`);
  }
}

const inverse = (axes: readonly number[]): number[] => axes.map((_, k) => axes.indexOf(k));

const swapLast = (a: Expression): Expression => {
  const rank = a.shape.length;
  const axes = a.shape.map((_, k) => k);
  return transpose(a, [...axes.slice(0, rank - 2), rank - 1, rank - 2]);
};

const leftFactor = (outer: Expression, b: Expression): Expression => matMul(outer, swapLast(b));

function rightFactor(outer: Expression, a: Expression, b: Expression): Expression {
  if (b.shape.length > 2 || a.shape.length === 2) return matMul(swapLast(a), outer);
  const flat = (of: Expression): Expression => reshape(of, [-1, of.shape.at(-1)!]);
  return matMul(swapLast(flat(a)), flat(outer));
}
