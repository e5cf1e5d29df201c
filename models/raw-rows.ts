import type { HorizonRange, RawModel } from './forecast-model.ts';
import type { GraphBuilder, GraphInputs, Tensor } from './onnx/graph-builder.ts';

/**
 * Adds the nodes of a raw forecast of a stretch of the horizon: [batch, steps, columns], or [batch, 1, columns] where the
 * model has one row for all steps.
 */
export function addRawRows(
  graph: GraphBuilder,
  inputs: GraphInputs,
  { raw, range }: { readonly raw: RawModel; readonly range: HorizonRange },
): Tensor {
  const isPart = raw.rows > range.last - range.first + 1;
  if (isPart && raw.addRows) return raw.addRows(graph, inputs, range);
  const rows = raw.addTo(graph, inputs);
  if (!isPart) return rows;
  const bounds = [graph.ints([range.first - 1], [1]), graph.ints([range.last], [1])];
  return graph.op('Slice', [rows, ...bounds, graph.ints([1], [1])]);
}
