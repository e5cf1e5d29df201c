import type { ForecastModel } from '../forecast-model.ts';
import { createGraphBuilder } from './graph-builder.ts';
import type { ModelMetadata } from './model-metadata.ts';
import { metadataEntries } from './model-metadata.ts';
import type { ValueInfoProto } from './model-proto.ts';
import { encodeModel, FLOAT, INT64 } from './model-proto.ts';
import { axesAsInputs, operatorSets } from './operator-sets.ts';

/** ONNX 1.12. */
const IR_VERSION = 8;

/** What the file says about the model beside the model's own name and shape. */
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
 * The model as a self-describing ONNX file: inputs history float32 [batch, context] and origin int64 [batch], output
 * quantiles float32 [batch, horizon, levels], the foreprint.* metadata.
 */
export function exportModel(model: ForecastModel, metadata: ExportMetadata): Uint8Array {
  const { context, horizon, levels } = model.shape;
  const graph = createGraphBuilder();
  const result = model.addTo(graph, { history: { name: 'history' }, origin: { name: 'origin' } });
  const output = { input: [result.name], output: ['quantiles'], name: 'quantiles', attribute: [] };
  const entries = metadataEntries({ ...metadata, model: model.name, shape: model.shape });
  const opsetImport = operatorSets(graph.functions);
  const { nodes, constants } = axesAsInputs(graph.nodes, opsetImport[0]!.version);
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: 'foreprint',
    opsetImport,
    functions: graph.functions,
    metadataProps: Object.entries(entries).map(([key, value]) => ({ key, value })),
    graph: {
      name: model.name,
      node: [...nodes, { ...output, opType: 'Identity' }],
      initializer: [...graph.constants, ...constants],
      input: [
        valueInfo('history', FLOAT, ['batch', context]),
        valueInfo('origin', INT64, ['batch']),
      ],
      output: [valueInfo('quantiles', FLOAT, ['batch', horizon, levels.length])],
    },
  });
}
