import protobuf from 'protobufjs';

/** A tensor of the ONNX file format. Every form is read; only little-endian raw data is written. */
export interface TensorProto {
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly name: string;
  readonly rawData: Uint8Array;
}

export interface AttributeProto {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly ints?: readonly number[];
}

export interface NodeProto {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly opType: string;
  /** Domain of the operator; the standard set by default. */
  readonly domain?: string;
  readonly attribute: readonly AttributeProto[];
}

/** A graph that is used like an operator. Its nodes stay the bytes that were read. */
export interface FunctionProto {
  readonly name: string;
  readonly domain: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly node: readonly Uint8Array[];
  readonly opsetImport: readonly OperatorSet[];
}

export interface OperatorSet {
  readonly domain: string;
  readonly version: number;
}

/** Name, element type and dimensions of an input or output. A dimension is a number or a symbol. */
export interface ValueInfoProto {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: { readonly dim: readonly DimensionProto[] };
    };
  };
}

export interface DimensionProto {
  readonly dimValue?: number;
  readonly dimParam?: string;
}

export interface ModelProto {
  readonly irVersion: number;
  readonly producerName: string;
  readonly opsetImport: readonly OperatorSet[];
  readonly functions?: readonly FunctionProto[];
  readonly metadataProps: readonly { readonly key: string; readonly value: string }[];
  readonly graph: {
    readonly name: string;
    readonly node: readonly NodeProto[];
    readonly initializer: readonly TensorProto[];
    readonly input: readonly ValueInfoProto[];
    readonly output: readonly ValueInfoProto[];
    /** Names and types of tensors within the graph. */
    readonly valueInfo?: readonly ValueInfoProto[];
  };
}

const field = (type: string, id: number) => ({ type, id });
const repeated = (type: string, id: number) => ({ rule: 'repeated', type, id });

/**
 * The part of onnx.proto (ONNX IR version 8) that a forecast model needs; field numbers as
 * published there.
 */
const schema = protobuf.Root.fromJSON({
  nested: {
    OperatorSetId: { fields: { domain: field('string', 1), version: field('int64', 2) } },
    StringStringEntry: { fields: { key: field('string', 1), value: field('string', 2) } },
    Tensor: {
      fields: {
        dims: repeated('int64', 1),
        dataType: field('int32', 2),
        name: field('string', 8),
        rawData: field('bytes', 9),
      },
    },
    Attribute: {
      fields: {
        name: field('string', 1),
        f: field('float', 2),
        i: field('int64', 3),
        ints: repeated('int64', 8),
        type: field('int32', 20),
      },
    },
    Node: {
      fields: {
        input: repeated('string', 1),
        output: repeated('string', 2),
        name: field('string', 3),
        opType: field('string', 4),
        attribute: repeated('Attribute', 5),
        domain: field('string', 7),
      },
    },
    Function: {
      fields: {
        name: field('string', 1),
        input: repeated('string', 4),
        output: repeated('string', 5),
        node: repeated('bytes', 7),
        opsetImport: repeated('OperatorSetId', 9),
        domain: field('string', 10),
      },
    },
    Dimension: { fields: { dimValue: field('int64', 1), dimParam: field('string', 2) } },
    Shape: { fields: { dim: repeated('Dimension', 1) } },
    TensorType: { fields: { elemType: field('int32', 1), shape: field('Shape', 2) } },
    Type: { fields: { tensorType: field('TensorType', 1) } },
    ValueInfo: { fields: { name: field('string', 1), type: field('Type', 2) } },
    Graph: {
      fields: {
        node: repeated('Node', 1),
        name: field('string', 2),
        initializer: repeated('Tensor', 5),
        input: repeated('ValueInfo', 11),
        output: repeated('ValueInfo', 12),
        valueInfo: repeated('ValueInfo', 13),
      },
    },
    Model: {
      fields: {
        irVersion: field('int64', 1),
        producerName: field('string', 2),
        graph: field('Graph', 7),
        opsetImport: repeated('OperatorSetId', 8),
        metadataProps: repeated('StringStringEntry', 14),
        functions: repeated('Function', 25),
      },
    },
  },
});

const modelType = schema.lookupType('Model');

/** Writes a model in the ONNX file format. */
export function encodeModel(model: ModelProto): Uint8Array {
  return modelType.encode(modelType.create({ ...model })).finish();
}
