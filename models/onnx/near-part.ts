import protobuf from 'protobufjs';
import { decodeValueInfo, encodeValueInfo } from '#models/graph/model-proto.ts';
import { HORIZON_KEY } from './model-metadata.ts';

/**
 * Tensor [batch, near steps, levels] within the graph of a model file: the first steps of its
 * quantiles, computed by nodes of their own. The value_info of the graph contains its shape.
 */
export const NEAR = 'foreprint.near';

const field = (type: string, id: number) => ({ type, id });
const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });

/**
 * The schema contains only what is read here. Everything else is copied as bytes. Field numbers of
 * onnx.proto.
 */
const schema = protobuf.Root.fromJSON({
  nested: {
    Node: {
      fields: {
        input: repeated('string', 1),
        output: repeated('string', 2),
        opType: field('string', 4),
      },
    },
    TensorName: { fields: { name: field('string', 8) } },
    Entry: { fields: { key: field('string', 1), value: field('string', 2) } },
    Graph: {
      fields: {
        node: repeated('bytes', 1),
        name: field('string', 2),
        initializer: repeated('bytes', 5),
        input: repeated('bytes', 11),
        output: repeated('bytes', 12),
        valueInfo: repeated('bytes', 13),
      },
    },
    Model: {
      fields: {
        irVersion: field('int64', 1),
        graph: field('Graph', 7),
        opsetImport: repeated('bytes', 8),
        metadataProps: repeated('Entry', 14),
        functions: repeated('bytes', 25),
      },
    },
  },
});
const [modelType, nodeType, tensorType] = ['Model', 'Node', 'TensorName'].map((name) =>
  schema.lookupType(name),
);

interface Graph {
  readonly node: readonly Uint8Array[];
  readonly initializer: readonly Uint8Array[];
  readonly valueInfo: readonly Uint8Array[];
}

interface Model {
  readonly graph?: Graph;
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
}

/** decode() gives exactly what the schema defines. */
const read = <T>(type: protobuf.Type | undefined, bytes: Uint8Array): T =>
  type!.toObject(type!.decode(bytes), { defaults: true }) as T;

/**
 * The part of a model file that computes its near steps, as a model file with a shorter horizon.
 * ONNX Runtime always computes everything in a file, so a small file is faster for callers that
 * read few steps. Null if the file has no near part.
 * @throws Error if the bytes are not an ONNX file.
 */
export function nearPart(bytes: Uint8Array): Uint8Array | null {
  const model = read<Model>(modelType, bytes);
  if (!model.graph) return null;
  const near = model.graph.valueInfo.map(decodeValueInfo).find(({ name }) => name === NEAR);
  const steps = near?.type.tensorType.shape.dim[1]?.dimValue;
  if (near === undefined || steps === undefined) return null;
  const { node, initializer } = leadingTo(NEAR, model.graph);
  const renamed = { input: [NEAR], output: ['quantiles'], opType: 'Identity' };
  const graph = {
    ...model.graph,
    node: [...node, nodeType.encode(nodeType.create(renamed)).finish()],
    initializer,
    output: [encodeValueInfo({ ...near, name: 'quantiles' })],
    valueInfo: [],
  };
  const metadataProps = model.metadataProps.map(({ key, value }) => ({
    key,
    value: key === HORIZON_KEY ? String(steps) : value,
  }));
  return modelType.encode(modelType.create({ ...model, graph, metadataProps })).finish();
}

/** The nodes and constants that a tensor depends on. */
function leadingTo(tensor: string, graph: Graph): Pick<Graph, 'node' | 'initializer'> {
  const needed = new Set([tensor]);
  const node: Uint8Array[] = [];
  // Nodes come after the nodes that they depend on.
  for (const bytes of graph.node.toReversed()) {
    const { input, output } = read<Record<'input' | 'output', string[]>>(nodeType, bytes);
    if (!output.some((name) => needed.has(name))) continue;
    for (const name of input) needed.add(name);
    node.unshift(bytes);
  }
  const initializer = graph.initializer.filter((bytes) =>
    needed.has(read<{ readonly name: string }>(tensorType, bytes).name),
  );
  return { node, initializer };
}
