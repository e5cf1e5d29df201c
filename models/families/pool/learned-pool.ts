import { firstSteps } from '#models/contract/first-steps.ts';
import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { whenAsked } from '#models/contract/when-asked.ts';
import type { DefinitionOf } from '#models/definition/member-definition.ts';
import { MACHINE_POOL, MACHINE_POOL_NAME } from './machine-pool.ts';
import { createPoolForecast } from './pool-forecast.ts';
import { addPool } from './pool-graph.ts';
import type { PoolWeights } from './pool-plan.ts';
import { planPool } from './pool-plan.ts';
import { rollPool } from './roll-pool.ts';

/**
 * A linear pool (Stone, Annals of Mathematical Statistics 32, 1961) of the empirical distributions
 * of parts of the history. The parts are trailing windows of five minutes to a week; the same time
 * yesterday, a week ago and on every day; and the values after similar situations. The share of
 * each part depends on how far ahead a step is. The shares were learned on many machines by
 * minimising the continuous ranked probability score.
 * The pool does not depend on the scale. Its quantiles never cross, and are never negative if the
 * history is not. It needs no training, so it serves an application from the first day.
 */
export function learnedPool(name: string, weights: PoolWeights): ModelFamily {
  return {
    name,
    relativeCost: 2,
    fit: (_series, shape) => {
      if (shape.context < 1) return { kind: 'too-little-data', reason: 'no step to look back to' };
      return { kind: 'fitted', model: poolModel({ family: 'learned-pool', name, weights }, shape) };
    },
  };
}

/** A pool with these weights as a model. */
export function poolModel(
  definition: DefinitionOf<'learned-pool'>,
  shape: ForecastShape,
): RawModel {
  const plan = planPool(shape, definition.weights);
  const { context, horizon, levels } = shape;
  const head = (steps: number): RawModel['forecastInto'] => {
    const forecast = createPoolForecast(plan, firstSteps(steps));
    return (history, _origin, out) => forecast(history, context, out);
  };
  return {
    name: definition.name,
    shape,
    definition,
    rows: horizon,
    columns: levels.length,
    forecastInto: whenAsked(() => head(horizon)),
    head,
    roll: ({ values }, chosen) => rollPool(values, plan, chosen),
    addTo: (graph, { history }) =>
      addPool(graph, history, { plan, range: { first: 1, last: horizon } }),
    addRows: (graph, { history }, range) => addPool(graph, history, { plan, range }),
  };
}

/** The pool that is part of the project. */
export const machinePool = learnedPool(MACHINE_POOL_NAME, MACHINE_POOL);
