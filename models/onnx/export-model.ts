import type { ForecastModel } from '#models/contract/forecast-model.ts';
import { encodeDefinition } from '#models/definition/model-definition.ts';
import { FLOAT, INT64 } from '#models/graph/element-types.ts';
import { createGraphBuilder, type Tensor } from '#models/graph/graph-builder.ts';
import type { NodeProto, ValueInfoProto } from '#models/graph/model-proto.ts';
import { encodeModel } from '#models/graph/model-proto.ts';
import { axesAsInputs, operatorSets } from '#models/graph/operator-sets.ts';
import type { ModelMetadata } from './model-metadata.ts';
import { DEFINITION_KEY, metadataEntries } from './model-metadata.ts';

/** Of ONNX 1.12. */
const PRODUCED = { irVersion: 8, producerName: 'foreprint' };

/** The parts of a model that a file contains. */
export type ExportedModel = Pick<ForecastModel, 'name' | 'shape' | 'addTo' | 'definition'>;

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

/** Largest file that carries a definition. */
const MOST_BYTES = 200_000;

/**
 * The model as a self-describing ONNX file: inputs history float32 [batch, context] and origin
 * int64 [batch], output quantiles float32 [batch, horizon, levels], and the foreprint.* metadata.
 * Among them is the definition of a model of ours, unless it would make the file too large: with
 * nearly all families in one model.
 */
export function exportModel(model: ExportedModel, metadata: ExportMetadata): Uint8Array {
  const encode = encoder(model);
  const entries = entriesOf(model, metadata);
  const defined = definitionEntry(model);
  if (defined === null) return encode(entries);
  const file = encode({ ...entries, ...defined });
  return file.length <= MOST_BYTES ? file : encode(entries);
}

/**
 * A file without a graph: the metadata and the definition, which are enough for whoever asks the
 * model in TypeScript and nobody else.
 */
export function exportDefinition(model: ExportedModel, metadata: ExportMetadata): Uint8Array {
  return encodeModel({
    ...PRODUCED,
    opsetImport: [],
    functions: [],
    metadataProps: properties({ ...entriesOf(model, metadata), ...definitionEntry(model) }),
    graph: { name: model.name, node: [], initializer: [], input: [], output: [] },
  });
}

const entriesOf = ({ name, shape }: ExportedModel, metadata: ExportMetadata): Entries =>
  metadataEntries({ ...metadata, model: name, shape });

function definitionEntry({ definition, shape }: ExportedModel): Entries | null {
  if (definition === undefined) return null;
  return { [DEFINITION_KEY]: encodeDefinition({ definition, seasons: shape.seasons }) };
}

type Entries = Readonly<Record<string, string>>;

const properties = (entries: Entries) =>
  Object.entries(entries).map(([key, value]) => ({ key, value }));

/** Writes the model's graph with some metadata. */
function encoder(model: ExportedModel): (entries: Entries) => Uint8Array {
  const { context, horizon, levels } = model.shape;
  const graph = createGraphBuilder();
  const quantiles = model.addTo(graph, INPUTS, { first: 1, last: horizon });
  const opsetImport = operatorSets(graph.functions);
  const { nodes, constants } = axesAsInputs(graph.nodes, opsetImport[0].version);
  const written = {
    name: model.name,
    node: [...nodes, named('quantiles', quantiles)],
    initializer: [...graph.constants, ...constants],
    input: [valueInfo('history', FLOAT, ['batch', context]), valueInfo('origin', INT64, ['batch'])],
    output: [valueInfo('quantiles', FLOAT, ['batch', horizon, levels.length])],
  };
  return (entries) =>
    encodeModel({
      ...PRODUCED,
      opsetImport,
      functions: graph.functions,
      metadataProps: properties(entries),
      graph: written,
    });
}

const INPUTS = { history: { name: 'history' }, origin: { name: 'origin' } };

/** A node whose output has a name that the file format defines. */
const named = (output: string, from: Tensor): NodeProto => ({
  opType: 'Identity',
  input: [from.name],
  output: [output],
  name: output,
  attribute: [],
});
