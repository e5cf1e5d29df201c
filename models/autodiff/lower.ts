import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import type { Expression, Operation } from './expression.ts';
import { topologicalOrder } from './topological-order.ts';

/**
 * Writes expressions as ONNX nodes.
 * @param inputs tensor of every input by its name.
 * @returns the tensors of the expressions, in the same order.
 * @throws RangeError for an input without a tensor.
 */
export function lower(
  graph: GraphBuilder,
  expressions: readonly Expression[],
  inputs: ReadonlyMap<string, Tensor>,
): Tensor[] {
  const tensors = new Map<Expression, Tensor>();
  const cuts = new Map<string, readonly Tensor[]>();
  for (const expression of topologicalOrder(expressions)) {
    if (expression.kind === 'input') {
      const tensor = inputs.get(expression.name);
      if (tensor === undefined) throw new RangeError(`no tensor for input ${expression.name}`);
      tensors.set(expression, tensor);
    } else if (expression.kind === 'constant') {
      tensors.set(expression, graph.floats(expression.values, expression.shape));
    } else {
      const used = expression.inputs.map((input) => tensors.get(input)!);
      const tensor =
        expression.operator === 'Part'
          ? cut(graph, expression, used[0], cuts)
          : addNode(graph, expression, used);
      tensors.set(expression, tensor);
    }
  }
  return expressions.map((expression) => tensors.get(expression)!);
}

function addNode(graph: GraphBuilder, operation: Operation, inputs: readonly Tensor[]): Tensor {
  const { operator, axes, shape } = operation;
  switch (operator) {
    case 'ReduceSum':
      return graph.op(operator, [...inputs, graph.ints(axes, [axes.length])], { keepdims: 1 });
    case 'Reshape':
      return graph.op(operator, [...inputs, graph.ints(shape, [shape.length])]);
    case 'Transpose':
      return graph.op(operator, inputs, { perm: axes });
    case 'Concat':
      return graph.op(operator, inputs, { axis: axes[0] });
    default:
      return graph.op(operator, inputs);
  }
}

/** All parts of one split come from one Split node. */
function cut(
  graph: GraphBuilder,
  operation: Operation,
  whole: Tensor,
  cuts: Map<string, readonly Tensor[]>,
): Tensor {
  const axis = operation.axes[0];
  const lengths = operation.parts!;
  const key = [whole.name, axis, ...lengths].join(' ');
  const pieces = cuts.get(key) ?? graph.split(whole, axis, lengths);
  cuts.set(key, pieces);
  return pieces[operation.part!];
}
