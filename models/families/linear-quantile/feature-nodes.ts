import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import { sliceSteps } from '#models/graph/slice-steps.ts';
import type { FeaturePlan } from './feature-plan.ts';

/** `originFeatures` as nodes: [batch, originCount]. */
export function originNodes(graph: GraphBuilder, history: Tensor, plan: FeaturePlan): Tensor {
  const { context } = plan;
  const over = { axes: [1], keepdims: 1 };
  const tail = (window: number): Tensor => sliceSteps(graph, history, [context - window, context]);
  const mean = (input: Tensor): Tensor => graph.op('ReduceMean', [input], over);
  const features = [
    ...plan.lags.map((lag) => sliceSteps(graph, history, [context - 1 - lag, context - lag])),
    ...plan.means.map((window) => mean(tail(window))),
    ...plan.maxima.map((window) => graph.op('ReduceMax', [tail(window)], over)),
    ...plan.minima.map((window) => graph.op('ReduceMin', [tail(window)], over)),
    ...plan.deviations.map((window) => {
      const recent = tail(window);
      return mean(graph.op('Abs', [graph.op('Sub', [recent, mean(recent)])]));
    }),
  ];
  return graph.op('Concat', features, { axis: 1 });
}

/** `seasonFeatures` of all steps as nodes: [batch, horizon, seasonCount]; the plan has a season. */
export function seasonNodes(
  graph: GraphBuilder,
  history: Tensor,
  { plan, horizon }: { readonly plan: FeaturePlan; readonly horizon: number },
): Tensor {
  const { context, season, cycles, longSeason } = plan;
  const smooth = smoothedNodes(graph, history, context);
  const atSteps = (values: Tensor, length: number): Tensor => {
    const phases = Int32Array.from({ length: horizon }, (_, k) => k % length);
    return graph.op('Gather', [values, graph.ints(phases, [horizon])], { axis: 1 });
  };
  const tail = sliceSteps(graph, smooth, [context - cycles * season, context]);
  const cyclic = graph.op('Reshape', [tail, graph.ints([-1, cycles, season], [3])]);
  const over = { axes: [1], keepdims: 0 };
  const features = [
    atSteps(sliceSteps(graph, smooth, [context - season, context]), season),
    atSteps(graph.op('ReduceMean', [cyclic], over), season),
    atSteps(graph.op('ReduceMax', [cyclic], over), season),
  ];
  if (longSeason > 0) {
    features.push(atSteps(sliceSteps(graph, smooth, [context - longSeason, context]), longSeason));
  }
  const columns = features.map((values) => graph.op('Unsqueeze', [values, graph.ints([2], [1])]));
  return graph.op('Concat', columns, { axis: 2 });
}

/** Mean of every value and its neighbours, [batch, context]. */
function smoothedNodes(graph: GraphBuilder, history: Tensor, context: number): Tensor {
  const first = sliceSteps(graph, history, [0, 1]);
  const last = sliceSteps(graph, history, [context - 1, context]);
  const before = graph.op('Concat', [first, sliceSteps(graph, history, [0, context - 1])], {
    axis: 1,
  });
  const after = graph.op('Concat', [sliceSteps(graph, history, [1, context]), last], { axis: 1 });
  const sum = graph.op('Add', [graph.op('Add', [before, history]), after]);
  return graph.op('Mul', [sum, graph.floats([1 / 3], [1])]);
}
