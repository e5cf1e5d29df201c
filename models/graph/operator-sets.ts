import { INT64 } from './element-types.ts';
import type { FunctionProto, NodeProto, OperatorSet, TensorProto } from './model-proto.ts';

/** ONNX 1.12: every runtime in use supports it, and it has every operator used here. */
const OPSET = 17;
/** From this version on, these operators take their axes as an input. */
const AXES_ARE_INPUTS = 18;
const REDUCTIONS = new Set(['ReduceMax', 'ReduceMean', 'ReduceMin']);

/**
 * The operator sets of a file with functions, the standard one first. ONNX Runtime puts a
 * function's nodes into the graph and interprets them by the graph's operator sets. A function that
 * needs a newer set therefore decides for the whole graph.
 */
export function operatorSets(functions: readonly FunctionProto[]): readonly OperatorSet[] {
  const versions = new Map([['', OPSET]]);
  for (const { domain, opsetImport } of functions) {
    versions.set(domain, 1);
    for (const { domain: used, version } of opsetImport) {
      const key = used === 'ai.onnx' ? '' : used;
      versions.set(key, Math.max(version, versions.get(key) ?? 0));
    }
  }
  return [...versions].map(([domain, version]) => ({ domain, version }));
}

/** The nodes in the form that the operator set requires, and the constants that they need. */
export function axesAsInputs(
  nodes: readonly NodeProto[],
  version: number,
): { readonly nodes: readonly NodeProto[]; readonly constants: readonly TensorProto[] } {
  if (version < AXES_ARE_INPUTS) return { nodes, constants: [] };
  const constants: TensorProto[] = [];
  const moved = nodes.map((node): NodeProto => {
    const axes = node.attribute.find(({ name }) => name === 'axes')?.ints;
    if (!REDUCTIONS.has(node.opType) || axes === undefined) return node;
    const values = BigInt64Array.from(axes, BigInt);
    const rawData = new Uint8Array(values.buffer);
    const name = `${node.name}_axes`;
    constants.push({ name, dims: [axes.length], dataType: INT64, rawData });
    const attribute = node.attribute.filter((one) => one.name !== 'axes');
    return { ...node, input: [...node.input, name], attribute };
  });
  return { nodes: moved, constants };
}
