import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import type { Member } from './fit-member.ts';
import type { LagPolynomial } from './lag-polynomial.ts';
import { continueSeries } from './lag-polynomial.ts';
import { addFromScale, addToScale } from './value-scale.ts';

/**
 * The recursion is linear, so all steps at once are a matrix times the history plus a constant row.
 * Only the values that some step looks at have a row in the matrix.
 * @returns [batch, horizon]
 */
export function addMember(
  graph: GraphBuilder,
  { history, origin }: GraphInputs,
  { member, shape }: { readonly member: Member; readonly shape: ForecastShape },
): Tensor {
  const { scale, profile, polynomial } = member;
  const { context, horizon, stepSeconds } = shape;
  const { rows, matrix, constants } = responses(polynomial, horizon);
  const positions = rows.map((row) => row + context - (polynomial.lags.at(-1) ?? 0));
  const count = positions.length;
  const used = graph.op('Gather', [history, graph.ints(positions, [count])], { axis: 1 });
  const scaled = addToScale(graph, used, scale);
  const weights = graph.floats(matrix, [count, horizon]);
  const row = graph.floats(constants, [1, horizon]);
  if (profile.length === 1) {
    return addFromScale(
      graph,
      graph.op('Add', [graph.op('MatMul', [scaled, weights]), row]),
      scale,
    );
  }
  const length = profile.length;
  const step = graph.op('Div', [origin, graph.ints([stepSeconds], [1])]);
  const phase = graph.op('Unsqueeze', [
    graph.op('Mod', [step, graph.ints([length], [1])]),
    graph.ints([1], [1]),
  ]);
  const table = graph.floats(profile, [length]);
  // Offsets from the origin, lifted by whole seasons so that they are not negative.
  const lift = Math.ceil(context / length) * length - context;
  const seasonAt = (offsets: readonly number[]): Tensor => {
    const moved = graph.op('Add', [phase, graph.ints(offsets, [1, offsets.length])]);
    const index = graph.op('Mod', [moved, graph.ints([length], [1])]);
    return graph.op('Gather', [table, index]);
  };
  const past = seasonAt(positions.map((position) => position + lift));
  const ahead = seasonAt(Array.from({ length: horizon }, (_, k) => k));
  const rest = graph.op('MatMul', [graph.op('Sub', [scaled, past]), weights]);
  const points = graph.op('Add', [graph.op('Add', [rest, row]), ahead]);
  return addFromScale(graph, points, scale);
}

interface Responses {
  /** Positions among the last `longest lag` values that matter. */
  readonly rows: readonly number[];
  /** Row-major [rows × horizon]. */
  readonly matrix: Float64Array;
  readonly constants: Float64Array;
}

function responses(polynomial: LagPolynomial, horizon: number): Responses {
  const reach = polynomial.lags.at(-1) ?? 0;
  const values = new Float64Array(reach + horizon);
  continueSeries(polynomial, values, reach);
  const constants = values.slice(reach);
  const linear = { ...polynomial, constant: 0 };
  const rows: number[] = [];
  const parts: number[] = [];
  for (let position = 0; position < reach; position++) {
    values.fill(0);
    values[position] = 1;
    continueSeries(linear, values, reach);
    const response = values.subarray(reach);
    if (response.every((value) => value === 0)) continue;
    rows.push(position);
    parts.push(...response);
  }
  return { rows, matrix: Float64Array.from(parts), constants };
}
