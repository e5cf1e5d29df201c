import type { ForecastModel } from './forecast-model.ts';
import type { GraphBuilder, Tensor } from './onnx/graph-builder.ts';

/** The same model, whose nodes a graph gets once however many parts of it use them. */
export function shareNodes(model: ForecastModel): ForecastModel {
  const outputs = new WeakMap<GraphBuilder, Tensor>();
  return {
    ...model,
    addTo: (graph, inputs) => {
      const output = outputs.get(graph) ?? model.addTo(graph, inputs);
      outputs.set(graph, output);
      return output;
    },
  };
}
