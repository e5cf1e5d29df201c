import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import type { DefinitionOf } from '#models/definition/member-definition.ts';
import { lineThroughEnds } from './short-history.ts';

/** On a longer history the other families see more than a line does. */
const MOST_STEPS = 512;

/**
 * The line through the first and the last value of the context, continued (Hyndman and
 * Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2). A point forecast:
 * calibration gives it its spread. Of short histories, months or weeks for example, the other
 * families learn a slope too late.
 */
export const drift: ModelFamily = {
  name: 'drift',
  relativeCost: 1,
  fit: ({ values }, shape) => {
    if (values.length > MOST_STEPS || shape.context < 2) {
      const reason = `${values.length} steps; a line is for 2 to ${MOST_STEPS}`;
      return { kind: 'too-little-data', reason };
    }
    return { kind: 'fitted', model: driftModel({ family: 'drift' }, shape) };
  },
};

/** The line through the ends of the context, as a model. */
export function driftModel(definition: DefinitionOf<'drift'>, shape: ForecastShape): RawModel {
  const { context, horizon } = shape;
  return {
    name: drift.name,
    shape,
    definition,
    rows: horizon,
    columns: 1,
    forecastInto: (history, _origin, out) => {
      for (let step = 0; step < horizon; step++) out[step] = lineThroughEnds(history, step + 1);
    },
    addTo: (graph, { history }) => {
      const at = (index: number) =>
        graph.op('Gather', [history, graph.ints([index], [1])], { axis: 1 });
      const last = at(context - 1);
      const rise = graph.op('Sub', [last, at(0)]);
      /** Shares of the rise that each step ahead adds. */
      const runs = Float64Array.from({ length: horizon }, (_, step) => (step + 1) / (context - 1));
      const line = graph.op('Add', [
        last,
        graph.op('Mul', [rise, graph.floats(runs, [1, horizon])]),
      ]);
      return graph.op('Unsqueeze', [line, graph.ints([2], [1])]);
    },
  };
}
