import type { ForecastModel } from '#models/contract/forecast-model.ts';
import { averageDefinitions } from '#models/definition/compose-definitions.ts';
import { followModel } from '#models/rolling/follow-model.ts';

/**
 * The mean of the quantiles of several models, level by level (Lichtendahl, Grushka-Cockayne and
 * Winkler, Management Science 59, 2013): sharper than pooling the distributions, and quantiles that
 * do not cross stay so.
 * @throws RangeError without models.
 */
export function averageModels(name: string, models: readonly ForecastModel[]): ForecastModel {
  const [first] = models;
  if (first === undefined) throw new RangeError(`no model to average for ${name}`);
  if (models.length === 1) return first;
  const share = 1 / models.length;
  return {
    name,
    shape: first.shape,
    definition: averageDefinitions(models),
    averaged: models,
    forecast: (history, originSeconds, steps = first.shape.horizon) => {
      const sum = new Float64Array(steps * first.shape.levels.length);
      for (const model of models) {
        const values = model.forecast(history, originSeconds, steps);
        for (let k = 0; k < sum.length; k++) sum[k] += share * values[k];
      }
      return sum;
    },
    follow: (series, steps) => {
      const parts = models.map((model) => followModel(model, series, steps));
      const values = new Float64Array(steps.length * first.shape.levels.length);
      return (end, out) => {
        out.fill(0);
        for (const part of parts) {
          part(end, values);
          for (let k = 0; k < values.length; k++) out[k] += share * values[k];
        }
      };
    },
    addTo: (graph, inputs, range) => {
      const parts = models.map((model) => model.addTo(graph, inputs, range));
      const sum = parts.reduce((total, part) => graph.op('Add', [total, part]));
      return graph.op('Mul', [sum, graph.floats([share], [1])]);
    },
  };
}
