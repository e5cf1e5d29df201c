import protobuf from 'protobufjs';
import type { FunctionProto, OperatorSet } from '#models/graph/model-proto.ts';

/** Domain of the operators made of external models. */
const DOMAIN = 'foreprint.external';

/**
 * AttributeProto.AttributeType of a tensor, and TensorProto.DataLocation of a tensor in another
 * file.
 */
const TENSOR = 4;
const EXTERNAL = 1;

const field = (type: string, id: number) => ({ type, id });
const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });

/**
 * The same messages as in model-proto.ts. Nodes and tensors stay bytes, because they are only
 * copied and other tools may write more into them than this schema knows. Field numbers of
 * onnx.proto.
 */
const schema = protobuf.Root.fromJSON({
  nested: {
    OperatorSetId: { fields: { domain: field('string', 1), version: field('int64', 2) } },
    TensorHead: { fields: { name: field('string', 8), dataLocation: field('int32', 14) } },
    Attribute: {
      fields: { name: field('string', 1), t: field('bytes', 5), type: field('int32', 20) },
    },
    Constant: {
      fields: {
        output: repeated('string', 2),
        opType: field('string', 4),
        attribute: repeated('Attribute', 5),
      },
    },
    Graph: {
      fields: {
        node: repeated('bytes', 1),
        initializer: repeated('bytes', 5),
        sparseInitializer: repeated('bytes', 15),
      },
    },
    Model: {
      fields: {
        irVersion: field('int64', 1),
        graph: field('Graph', 7),
        opsetImport: repeated('OperatorSetId', 8),
        functions: repeated('bytes', 25),
      },
    },
  },
});

const [modelType, tensorType, constantType] = ['Model', 'TensorHead', 'Constant'].map((name) =>
  schema.lookupType(name),
);

interface RawModel {
  readonly graph: {
    readonly node: readonly Uint8Array[];
    readonly initializer: readonly Uint8Array[];
    readonly sparseInitializer: readonly Uint8Array[];
  } | null;
  readonly opsetImport: readonly OperatorSet[];
  readonly functions: readonly Uint8Array[];
}

/**
 * The graph of an external model file as a function from `history` and `origin` to `quantiles`.
 * Names within a function are local, so it can be added to another graph without changes.
 * @throws RangeError if the file contains something that a function cannot.
 */
export function externalFunction(bytes: Uint8Array): Omit<FunctionProto, 'name'> {
  // decode() gives exactly what the schema defines.
  const decoded = modelType.toObject(modelType.decode(bytes), {
    defaults: true,
    longs: Number,
  }) as RawModel;
  const { graph, opsetImport, functions } = decoded;
  if (graph === null) throw new RangeError('it holds no graph');
  if (functions.length > 0) throw new RangeError('it holds functions of its own; inline them');
  if (graph.sparseInitializer.length > 0) throw new RangeError('it holds sparse tensors');
  return {
    domain: DOMAIN,
    input: ['history', 'origin'],
    output: ['quantiles'],
    node: [...graph.initializer.map(constantNode), ...graph.node],
    opsetImport: opsetImport.map(({ domain, version }) => ({ domain, version })),
  };
}

/** A function has no initializers, so each becomes a node without inputs. */
function constantNode(tensor: Uint8Array): Uint8Array {
  const head = tensorType.toObject(tensorType.decode(tensor), { defaults: true });
  if (head['dataLocation'] === EXTERNAL) throw new RangeError('its weights are in another file');
  const attribute = [{ name: 'value', type: TENSOR, t: tensor }];
  return constantType
    .encode(constantType.create({ output: [head['name']], opType: 'Constant', attribute }))
    .finish();
}
