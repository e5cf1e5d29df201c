import { FLOAT } from '#models/graph/element-types.ts';
import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { encodeModel, type ValueInfoProto } from '#models/graph/model-proto.ts';

/** ONNX 1.12: every runtime in use supports it, and it has every operator used here. */
const OPSET = 17;
const IR_VERSION = 8;

export interface TensorSignature {
  /** Names and shapes of float32 inputs; −1 is a length that is known only at run time. */
  readonly inputs: readonly (readonly [string, readonly number[]])[];
  readonly outputs: readonly (readonly [string, readonly number[], Tensor])[];
}

/**
 * A graph from named float32 tensors to named float32 tensors, as an ONNX file for training; not a
 * forecast model.
 */
export function encodeTensorModel(graph: GraphBuilder, signature: TensorSignature): Uint8Array {
  const results = signature.outputs.map(([name, , { name: source }]) => ({
    input: [source],
    output: [name],
    name,
    opType: 'Identity',
    attribute: [],
  }));
  return encodeModel({
    irVersion: IR_VERSION,
    producerName: 'foreprint',
    opsetImport: [{ domain: '', version: OPSET }],
    metadataProps: [],
    graph: {
      name: 'training',
      node: [...graph.nodes, ...results],
      initializer: graph.constants,
      input: signature.inputs.map(([name, shape]) => valueInfo(name, shape)),
      output: signature.outputs.map(([name, shape]) => valueInfo(name, shape)),
    },
  });
}

function valueInfo(name: string, shape: readonly number[]): ValueInfoProto {
  const dim = shape.map((length) => (length === -1 ? { dimParam: 'batch' } : { dimValue: length }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}
