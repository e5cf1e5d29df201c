import { elementwise, unaryKernels } from './elementwise.ts';
import type { Expression, Operation } from './expression.ts';
import { multiplyMatrices } from './multiply-matrices.ts';
import { concatenate, cutOut, permute, sumAxes } from './rearrange.ts';
import { sizeOf, type Shape, type Values } from './tensor-shape.ts';
import { topologicalOrder } from './topological-order.ts';

/**
 * A compiled calculation: takes the values of its inputs and returns the values of its expressions.
 */
export type Calculation = (inputs: ReadonlyMap<string, Values>) => Values[];

/**
 * The calculation in TypeScript: the same operations as ONNX Runtime on the lowered graph, in
 * double precision. It throws a RangeError for an input without values.
 */
export function evaluate(expressions: readonly Expression[]): Calculation {
  const order = topologicalOrder(expressions);
  const place = new Map(order.map((expression, k) => [expression, k]));
  const sources = order.map((expression) =>
    expression.kind === 'operation' ? expression.inputs.map((used) => place.get(used)!) : [],
  );
  return (inputs) => {
    const values: Values[] = [];
    order.forEach((expression, k) => {
      values[k] = valueOf(
        expression,
        inputs,
        sources[k].map((source) => values[source]),
      );
    });
    return expressions.map((expression) => values[place.get(expression)!]);
  };
}

function valueOf(
  expression: Expression,
  inputs: ReadonlyMap<string, Values>,
  used: readonly Values[],
): Values {
  if (expression.kind === 'constant') return { data: expression.values, shape: expression.shape };
  if (expression.kind === 'operation') return run(expression, used);
  const values = inputs.get(expression.name);
  if (values === undefined) throw new RangeError(`no values for input ${expression.name}`);
  return values;
}

function run(operation: Operation, used: readonly Values[]): Values {
  const { operator, axes } = operation;
  const [a, b] = used as readonly [Values, Values];
  switch (operator) {
    case 'Add':
    case 'Sub':
    case 'Mul':
    case 'Div':
      return elementwise(operator, a, b);
    case 'MatMul':
      return multiplyMatrices(a, b);
    case 'ReduceSum':
      return sumAxes(a, axes);
    case 'Reshape':
      return { data: a.data, shape: knownShape(operation.shape, a.data.length) };
    case 'Transpose':
      return permute(a, axes);
    case 'Concat':
      return concatenate(used, axes[0]);
    case 'Part':
      return cutOut(a, axes[0], { lengths: operation.parts!, part: operation.part! });
    default:
      return { data: a.data.map(unaryKernels[operator]), shape: a.shape };
  }
}

/** The shape with the size of the batch in place of −1. */
function knownShape(shape: Shape, size: number): Shape {
  const knownSize = sizeOf(shape.map((length) => (length === -1 ? 1 : length)));
  return shape.map((length) => (length === -1 ? size / knownSize : length));
}
