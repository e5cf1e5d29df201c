import type { Stored } from './compact-constant.ts';
import { compactFloats, compactInts, rawBytes } from './compact-constant.ts';
import { halfBits } from './half-floats.ts';
import { ATTRIBUTE_INT, ATTRIBUTE_INTS, FLOAT, FLOAT16, INT32, INT64 } from './element-types.ts';
import type { AttributeProto, FunctionProto, NodeProto, TensorProto } from './model-proto.ts';

/** A value in the graph with a unique name. */
export interface Tensor {
  readonly name: string;
}

/**
 * Inputs of every forecast model: history [batch, context] float32 and origin [batch] int64 (Unix
 * seconds).
 */
export interface GraphInputs {
  readonly history: Tensor;
  readonly origin: Tensor;
}

/** Attributes of a node: whole numbers or lists of whole numbers; no node needs others. */
export type Attributes = Readonly<Record<string, number | readonly number[]>>;

/**
 * Collects nodes and constants. The order of the calls is the order of evaluation. The same
 * operator on the same inputs gives the same node, so callers share computations without knowing
 * it.
 */
export interface GraphBuilder {
  readonly nodes: readonly NodeProto[];
  readonly constants: readonly TensorProto[];
  /** Functions that were called, each once. */
  readonly functions: readonly FunctionProto[];
  /** A float32 constant, stored as compactly as possible without changing a value. */
  floats(values: ArrayLike<number>, dimensions: readonly number[]): Tensor;
  /** A float32 constant of numbers of half precision (`toHalf`), in two bytes each. */
  halves(values: ArrayLike<number>, dimensions: readonly number[]): Tensor;
  /** An int64 constant, stored as compactly as possible. */
  ints(values: ArrayLike<number>, dimensions: readonly number[]): Tensor;
  /** Adds a node of the standard operator set. Returns its only output. */
  op(opType: string, inputs: readonly Tensor[], attributes?: Attributes): Tensor;
  /** Adds a call of a function, and the function under a new name. Returns its only output. */
  call(fn: Omit<FunctionProto, 'name'>, inputs: readonly Tensor[]): Tensor;
  /** Adds a TopK node that sorts the last axis of `length` elements in ascending order. */
  sort(input: Tensor, length: number): SortedTensor;
  /** Adds a Split node that cuts a tensor along an axis into parts of the given lengths. */
  split(input: Tensor, axis: number, lengths: readonly number[]): readonly Tensor[];
}

export interface SortedTensor {
  readonly values: Tensor;
  /** Original index of each value, int64. */
  readonly indices: Tensor;
}

const toAttribute = (name: string, value: number | readonly number[]): AttributeProto =>
  typeof value === 'number'
    ? { name, type: ATTRIBUTE_INT, i: value }
    : { name, type: ATTRIBUTE_INTS, ints: value };

function elementCount(dimensions: readonly number[], valueCount: number): void {
  const expected = dimensions.reduce((product, dimension) => product * dimension, 1);
  if (expected !== valueCount) {
    throw new RangeError(
      `${valueCount} values do not fill a constant of [${dimensions.join(', ')}]`,
    );
  }
}

/** Maps each byte to one character. */
const BYTES = new TextDecoder('latin1');

/**
 * An empty graph of operators of ONNX operator set 17. `floats` and `ints` throw a RangeError if
 * the number of values does not match the dimensions.
 */
export function createGraphBuilder(): GraphBuilder {
  const nodes: NodeProto[] = [];
  const constants: TensorProto[] = [];
  const functions: FunctionProto[] = [];
  const called = new Map<Omit<FunctionProto, 'name'>, string>();

  const tensorOf = new Map<string, Tensor>();

  /** Equal constants are stored once. */
  const constant = ({ dims, dataType, rawData }: Stored): Tensor => {
    const key = `${dataType} ${dims.join(' ')} ${BYTES.decode(rawData)}`;
    const stored = tensorOf.get(key);
    if (stored) return stored;
    const name = `c${constants.length}`;
    constants.push({ name, dims, dataType, rawData });
    tensorOf.set(key, { name });
    return { name };
  };

  const added = new Map<string, readonly Tensor[]>();

  const add = (
    node: Pick<NodeProto, 'opType' | 'domain'>,
    inputs: readonly Tensor[],
    options: NodeOptions,
  ): readonly Tensor[] => {
    const key = JSON.stringify([node, inputs, options]);
    const outputs = added.get(key) ?? append(node, inputs, options);
    added.set(key, outputs);
    return outputs;
  };

  const append = (
    node: Pick<NodeProto, 'opType' | 'domain'>,
    inputs: readonly Tensor[],
    options: NodeOptions,
  ): readonly Tensor[] => {
    // Short names, because a file repeats them for every use.
    const name = `n${nodes.length}`;
    const output = Array.from({ length: options.outputs }, (_, k) =>
      k === 0 ? name : `${name}_${k}`,
    );
    const attribute = Object.entries(options.attributes).map(([key, value]) =>
      toAttribute(key, value),
    );
    nodes.push({ ...node, name, input: inputs.map((input) => input.name), output, attribute });
    return output.map((outputName): Tensor => ({ name: outputName }));
  };

  const cast = (stored: Tensor, to: number): Tensor =>
    add({ opType: 'Cast' }, [stored], { outputs: 1, attributes: { to } })[0];

  const ints = (values: ArrayLike<number>, dimensions: readonly number[]): Tensor => {
    elementCount(dimensions, values.length);
    const compact = compactInts(values, dimensions);
    const stored = constant(compact.values);
    return compact.kind === 'plain' ? stored : cast(stored, INT64);
  };

  const floats = (values: ArrayLike<number>, dimensions: readonly number[]): Tensor => {
    elementCount(dimensions, values.length);
    const compact = compactFloats(values, dimensions);
    if (compact.kind === 'plain') return constant(compact.values);
    if (compact.kind === 'narrow') return cast(constant(compact.values), FLOAT);
    const [palette, places] = [constant(compact.values), constant(compact.places)];
    const inputs = [palette, cast(places, INT32)];
    return add({ opType: 'Gather' }, inputs, { outputs: 1, attributes: {} })[0];
  };

  const halves = (values: ArrayLike<number>, dims: readonly number[]): Tensor => {
    elementCount(dims, values.length);
    const stored = constant({ dims, dataType: FLOAT16, rawData: rawBytes(halfBits(values)) });
    return cast(stored, FLOAT);
  };

  return {
    nodes,
    constants,
    functions,
    ints,
    floats,
    halves,
    op: (opType, inputs, attributes = {}) => add({ opType }, inputs, { outputs: 1, attributes })[0],
    call: (fn, inputs) => {
      const name = called.get(fn) ?? `function_${functions.length}`;
      if (!called.has(fn)) functions.push({ ...fn, name });
      called.set(fn, name);
      const node = { opType: name, domain: fn.domain };
      return add(node, inputs, { outputs: 1, attributes: {} })[0];
    },
    sort: (input, length) => {
      const attributes = { axis: -1, largest: 0, sorted: 1 };
      const inputs = [input, ints([length], [1])];
      const [values, indices] = add({ opType: 'TopK' }, inputs, { outputs: 2, attributes });
      return { values: values, indices: indices };
    },
    split: (input, axis, lengths) => {
      const inputs = [input, ints(lengths, [lengths.length])];
      return add({ opType: 'Split' }, inputs, { outputs: lengths.length, attributes: { axis } });
    },
  };
}

interface NodeOptions {
  readonly outputs: number;
  readonly attributes: Attributes;
}
