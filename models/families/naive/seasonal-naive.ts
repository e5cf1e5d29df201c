import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import type { DefinitionOf } from '#models/definition/member-definition.ts';

/**
 * The value one season ago, repeated over the horizon where that is longer than the season (Hyndman
 * and Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.2). A point
 * forecast: calibration gives it its spread.
 * @param seasonIndex which of the shape's seasons, 0 for the shortest.
 */
function seasonalNaive(name: string, seasonIndex: number): ModelFamily {
  return {
    name,
    relativeCost: 1,
    fit: (_series, shape) => {
      const season = seasonSteps(shape)[seasonIndex];
      if (season === undefined) {
        return {
          kind: 'too-little-data',
          reason: `a step of ${shape.stepSeconds} s has no such season`,
        };
      }
      if (shape.context < season) {
        const reason = `a season is ${season} steps, the context ${shape.context}`;
        return { kind: 'too-little-data', reason };
      }
      return {
        kind: 'fitted',
        model: seasonalNaiveModel({ family: 'seasonal-naive', name, season }, shape),
      };
    },
  };
}

/** The values one season before, as a model. */
export function seasonalNaiveModel(
  definition: DefinitionOf<'seasonal-naive'>,
  shape: ForecastShape,
): RawModel {
  const { name, season } = definition;
  const { context, horizon } = shape;
  const source = Int32Array.from(
    { length: horizon },
    (_, step) => context - season + (step % season),
  );
  return {
    name,
    shape,
    definition,
    rows: horizon,
    columns: 1,
    forecastInto: (history, _origin, out) => {
      for (let step = 0; step < horizon; step++) out[step] = history[source[step]];
    },
    addTo: (graph, { history }) => {
      const point = graph.op('Gather', [history, graph.ints(source, [horizon])], { axis: 1 });
      return graph.op('Unsqueeze', [point, graph.ints([2], [1])]);
    },
  };
}

/** The value a day ago (or the shortest season of the shape). */
export const seasonalNaiveDay = seasonalNaive('seasonal-naive-day', 0);

/** The value a week ago (or the second season of the shape). */
export const seasonalNaiveWeek = seasonalNaive('seasonal-naive-week', 1);
