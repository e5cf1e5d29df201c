import type { ForecastModel, ForecastShape } from '#models/contract/forecast-model.ts';
import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { createGraphBuilder } from '#models/graph/graph-builder.ts';
import type { NodeProto, ValueInfoProto } from '#models/graph/model-proto.ts';
import { encodeModel, FLOAT, INT64 } from '#models/graph/model-proto.ts';
import { axesAsInputs, operatorSets } from '#models/graph/operator-sets.ts';
import type { ModelMetadata } from './model-metadata.ts';
import { metadataEntries } from './model-metadata.ts';
import { NEAR } from './near-part.ts';

/** ONNX 1.12. */
const IR_VERSION = 8;

/**
 * Length of the near part. A decision and its monitoring read an hour ahead, or the instance
 * warm-up.
 */
const NEAR_SECONDS = 2 * 3600;

/** Number of steps with nodes of their own; all steps if the horizon is not much longer. */
function nearSteps({ stepSeconds, horizon }: ForecastShape): number {
  const near = Math.max(4, Math.ceil(NEAR_SECONDS / stepSeconds));
  return horizon > 2 * near ? near : horizon;
}

/** The parts of a model that a file contains. */
export type ExportedModel = Pick<ForecastModel, 'name' | 'shape' | 'addTo'>;

/** Metadata of the file beyond the model's name and shape. */
export type ExportMetadata = Omit<ModelMetadata, 'model' | 'shape'>;

const valueInfo = (
  name: string,
  elemType: number,
  dimensions: readonly (number | string)[],
): ValueInfoProto => {
  const dim = dimensions.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
};

/**
 * The model as a self-describing ONNX file: inputs history float32 [batch, context] and origin
 * int64 [batch], output quantiles float32 [batch, horizon, levels], and the foreprint.* metadata.
 * The near steps of a long horizon have nodes of their own, see `nearPart`.
 */
export function exportModel(model: ExportedModel, metadata: ExportMetadata): Uint8Array {
  const { context, horizon, levels } = model.shape;
  const graph = createGraphBuilder();
  const near = nearSteps(model.shape);
  const last = near < horizon ? addParts(graph, model, near) : addWhole(graph, model);
  const entries = metadataEntries({ ...metadata, model: model.name, shape: model.shape });
  const opsetImport = operatorSets(graph.functions);
  const { nodes, constants } = axesAsInputs(graph.nodes, opsetImport[0].version);
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: 'foreprint',
    opsetImport,
    functions: graph.functions,
    metadataProps: Object.entries(entries).map(([key, value]) => ({ key, value })),
    graph: {
      name: model.name,
      node: [...nodes, ...last.nodes],
      initializer: [...graph.constants, ...constants],
      input: [
        valueInfo('history', FLOAT, ['batch', context]),
        valueInfo('origin', INT64, ['batch']),
      ],
      output: [valueInfo('quantiles', FLOAT, ['batch', horizon, levels.length])],
      valueInfo: last.values,
    },
  });
}

/** Nodes whose outputs have names defined by the file format. */
interface LastNodes {
  readonly nodes: readonly NodeProto[];
  readonly values: readonly ValueInfoProto[];
}

const INPUTS = { history: { name: 'history' }, origin: { name: 'origin' } };

const named = (output: string, from: Tensor): NodeProto => ({
  opType: 'Identity',
  input: [from.name],
  output: [output],
  name: output,
  attribute: [],
});

function addWhole(graph: GraphBuilder, model: ExportedModel): LastNodes {
  const whole = model.addTo(graph, INPUTS, { first: 1, last: model.shape.horizon });
  return { nodes: [named('quantiles', whole)], values: [] };
}

function addParts(graph: GraphBuilder, model: ExportedModel, steps: number): LastNodes {
  const { horizon, levels } = model.shape;
  const near = model.addTo(graph, INPUTS, { first: 1, last: steps });
  const farther = model.addTo(graph, INPUTS, { first: steps + 1, last: horizon });
  const joined = graph.op('Concat', [near, farther], { axis: 1 });
  return {
    nodes: [named(NEAR, near), named('quantiles', joined)],
    values: [valueInfo(NEAR, FLOAT, ['batch', steps, levels.length])],
  };
}
