import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import { originNodes, seasonNodes } from './feature-nodes.ts';
import { knotOfStep } from './linear-forecast.ts';
import type { Between, LinearParameters } from './linear-parameters.ts';
import { between, columnCount, isLevel } from './linear-parameters.ts';

interface LinearParts {
  readonly parameters: LinearParameters;
  readonly shape: ForecastShape;
}

/**
 * The same forecast as `linearForecast` at all steps, as nodes of a graph: [batch, horizon,
 * levels].
 */
export function addLinearNodes(
  graph: GraphBuilder,
  { history }: GraphInputs,
  { parameters, shape }: LinearParts,
): Tensor {
  const { plan, knots, levels: fitted, anchors } = parameters;
  const { horizon, levels } = shape;
  const steps = Array.from({ length: horizon }, (_, k) => knotOfStep(knots, k + 1));
  const features = originNodes(graph, history, plan);
  const atKnots = graph.op('Gather', [features, graph.ints(anchors, [knots.length])], { axis: 1 });
  const origin = originPart(graph, { features, atKnots }, parameters);
  const ends = [
    endNodes(
      graph,
      steps.map(({ below, share }) => ({ knot: below, share: 1 - share })),
    ),
    endNodes(
      graph,
      steps.map(({ above, share }) => ({ knot: above, share })),
    ),
  ];
  const fromOrigin = ends.map(({ knotOf, shares }) =>
    graph.op('Mul', [graph.op('Gather', [origin, knotOf], { axis: 1 }), shares]),
  );
  let quantiles = graph.op('Add', fromOrigin);
  if (plan.seasonCount > 0) {
    const season = seasonNodes(graph, history, { plan, horizon });
    for (const end of ends) {
      const part = seasonPart(graph, { season, atKnots, end }, parameters);
      quantiles = graph.op('Add', [quantiles, part]);
    }
  }
  const places = levels.map((level) => between(fitted, level));
  const toLevels = transposed(interpolation(places, fitted.length), levels.length, fitted.length);
  return graph.op('MatMul', [quantiles, graph.floats(toLevels, [fitted.length, levels.length])]);
}

/** Constant, anchor and features at the origin: [batch, knots, levels]. */
function originPart(
  graph: GraphBuilder,
  { features, atKnots }: Readonly<Record<'features' | 'atKnots', Tensor>>,
  parameters: LinearParameters,
): Tensor {
  const { plan, knots, levels } = parameters;
  const { originCount } = plan;
  const last = graph.ints([2], [1]);
  const anchor = graph.op('Unsqueeze', [atKnots, last]);
  const mask = Float64Array.from({ length: originCount }, (_, k) => (isLevel(plan, k) ? 1 : 0));
  const subtracted = graph.op('Mul', [anchor, graph.floats(mask, [originCount])]);
  const every = graph.op('Unsqueeze', [features, graph.ints([1], [1])]);
  const differences = graph.op('Sub', [every, subtracted]);
  const columns = graph.op('Concat', [anchor, differences], { axis: 2 });
  const bounds = boundsTables(parameters, [0, 1 + originCount]);
  const clamped = clampNodes(graph, columns, {
    low: graph.floats(bounds.low, [knots.length, 1 + originCount]),
    high: graph.floats(bounds.high, [knots.length, 1 + originCount]),
  });
  const weights = weightTable(parameters, [1, 2 + originCount]);
  const weighted = graph.op('MatMul', [
    graph.op('Unsqueeze', [clamped, last]),
    graph.floats(weights, [knots.length, 1 + originCount, levels.length]),
  ]);
  const constants = graph.floats(weightTable(parameters, [0, 1]), [knots.length, levels.length]);
  const sum = graph.op('Add', [graph.op('Squeeze', [weighted, last]), constants]);
  return graph.op('Add', [sum, anchor]);
}

/** The knots on one side of the steps. */
interface End {
  /** Index of the knot of every step, [horizon], and its share, [horizon, 1]. */
  readonly knotOf: Tensor;
  readonly shares: Tensor;
}

function endNodes(
  graph: GraphBuilder,
  steps: readonly { readonly knot: number; readonly share: number }[],
): End {
  const knots = steps.map(({ knot }) => knot);
  const shares = steps.map(({ share }) => share);
  return {
    knotOf: graph.ints(knots, [steps.length]),
    shares: graph.floats(shares, [steps.length, 1]),
  };
}

interface SeasonInputs {
  readonly season: Tensor;
  readonly atKnots: Tensor;
  readonly end: End;
}

/**
 * Contribution of the season with the coefficients of the knots on one side: [batch, horizon,
 * levels].
 */
function seasonPart(
  graph: GraphBuilder,
  { season, atKnots, end }: SeasonInputs,
  parameters: LinearParameters,
): Tensor {
  const { plan, knots, levels } = parameters;
  const { originCount, seasonCount } = plan;
  const { knotOf } = end;
  const last = graph.ints([2], [1]);
  const anchor = graph.op('Gather', [atKnots, knotOf], { axis: 1 });
  const differences = graph.op('Sub', [season, graph.op('Unsqueeze', [anchor, last])]);
  const bounds = boundsTables(parameters, [1 + originCount, 1 + originCount + seasonCount]);
  const atSteps = (table: Float64Array, dimensions: readonly number[]): Tensor =>
    graph.op('Gather', [graph.floats(table, [knots.length, ...dimensions]), knotOf]);
  const clamped = clampNodes(graph, differences, {
    low: atSteps(bounds.low, [seasonCount]),
    high: atSteps(bounds.high, [seasonCount]),
  });
  const from = 2 + originCount;
  const weights = weightTable(parameters, [from, from + seasonCount]);
  const shares = graph.op('Unsqueeze', [end.shares, last]);
  const shared = graph.op('Mul', [atSteps(weights, [seasonCount, levels.length]), shares]);
  const weighted = graph.op('MatMul', [graph.op('Unsqueeze', [clamped, last]), shared]);
  return graph.op('Squeeze', [weighted, last]);
}

interface Clamp {
  readonly low: Tensor;
  readonly high: Tensor;
}

const clampNodes = (graph: GraphBuilder, values: Tensor, { low, high }: Clamp): Tensor =>
  graph.op('Max', [graph.op('Min', [values, high]), low]);

/** Row-major [places × size]: each row mixes two neighbours. */
function interpolation(places: readonly Between[], size: number): Float64Array {
  const matrix = new Float64Array(places.length * size);
  places.forEach(({ below, above, share }, row) => {
    matrix[row * size + below] += 1 - share;
    matrix[row * size + above] += share;
  });
  return matrix;
}

function transposed(matrix: Float64Array, rows: number, columns: number): Float64Array {
  return matrix.map((_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]);
}

type ColumnRange = readonly [from: number, to: number];

/** Coefficients of the columns, row-major [knots × columns × levels]. */
function weightTable(parameters: LinearParameters, [from, to]: ColumnRange): Float64Array {
  const { plan, knots, levels, coefficients } = parameters;
  const columns = columnCount(plan);
  const width = to - from;
  return Float64Array.from({ length: knots.length * width * levels.length }, (_, k) => {
    const [rest, level] = [Math.floor(k / levels.length), k % levels.length];
    const [knot, column] = [Math.floor(rest / width), from + (rest % width)];
    return coefficients[(knot * levels.length + level) * columns + column];
  });
}

/** Bounds of the columns, counted without the constant, row-major [knots × columns]. */
function boundsTables({ plan, knots, lowest, highest }: LinearParameters, [from, to]: ColumnRange) {
  const columns = columnCount(plan) - 1;
  const cut = (table: Float64Array): Float64Array =>
    Float64Array.from(
      knots.flatMap((_, knot) =>
        Array.from(table.subarray(knot * columns + from, knot * columns + to)),
      ),
    );
  return { low: cut(lowest), high: cut(highest) };
}
