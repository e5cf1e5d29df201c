import type { ForecastModel, RollingForecast } from '#models/contract/forecast-model.ts';
import type { HorizonRange } from '#models/contract/horizon-range.ts';
import { joinDefinitions } from '#models/definition/compose-definitions.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import { followModel } from '#models/rolling/follow-model.ts';
import type { RegularSeries } from '#models/series/series.ts';

/** A stretch of the horizon and the model that serves it. */
export interface HorizonPart {
  readonly band: HorizonRange;
  readonly model: ForecastModel;
}

/**
 * One model made of several: every stretch of the horizon is forecast by its own.
 * @param parts in the order of the horizon, without holes; all models have the same shape.
 * @throws RangeError without parts.
 */
export function joinByHorizon(name: string, parts: readonly HorizonPart[]): ForecastModel {
  const models = [...new Set(parts.map(({ model }) => model))];
  const [only] = models;
  if (only === undefined) throw new RangeError(`no model for ${name}`);
  if (models.length === 1) return { ...only, name };
  const levels = only.shape.levels.length;
  return {
    name,
    shape: only.shape,
    definition: joinDefinitions(parts),
    forecast: (history, originSeconds, steps = only.shape.horizon) => {
      const quantiles = new Float64Array(steps * levels);
      for (const model of models) {
        const own = parts.filter(
          ({ band, model: owner }) => owner === model && band.first <= steps,
        );
        const farthest = Math.min(steps, own.at(-1)?.band.last ?? 0);
        if (farthest === 0) continue;
        const values = model.forecast(history, originSeconds, farthest);
        for (const { band } of own) {
          const from = (band.first - 1) * levels;
          quantiles.set(values.subarray(from, Math.min(farthest, band.last) * levels), from);
        }
      }
      return quantiles;
    },
    follow: (series, steps) => rollJoined(parts, series, steps),
    addTo: (graph, inputs, range) => addNodes(graph, inputs, { parts, range }),
  };
}

/** Every model forecasts only the steps that it serves. */
function rollJoined(
  parts: readonly HorizonPart[],
  series: RegularSeries,
  steps: readonly number[],
): RollingForecast {
  const ownerOf = (step: number) => parts.find(({ band }) => step <= band.last)?.model;
  const rolls = [...new Set(parts.map(({ model }) => model))].flatMap((model) => {
    const rows = steps.flatMap((step, row) => (ownerOf(step) === model ? [row] : []));
    if (rows.length === 0) return [];
    const own = rows.map((row) => steps[row]);
    const values = new Float64Array(rows.length * model.shape.levels.length);
    return [{ rows, values, roll: followModel(model, series, own) }];
  });
  const width = parts[0].model.shape.levels.length;
  return (end, out) => {
    for (const { rows, values, roll } of rolls) {
      roll(end, values);
      rows.forEach((row, k) => out.set(values.subarray(k * width, (k + 1) * width), row * width));
    }
  };
}

function addNodes(
  graph: GraphBuilder,
  inputs: GraphInputs,
  { parts, range }: { readonly parts: readonly HorizonPart[]; readonly range: HorizonRange },
): Tensor {
  const stretches = ownStretches(parts, range).map(({ band, model }) =>
    model.addTo(graph, inputs, band),
  );
  return stretches.length === 1 ? stretches[0] : graph.op('Concat', stretches, { axis: 1 });
}

/** The parts within a range, those that follow each other with the same model as one. */
function ownStretches(parts: readonly HorizonPart[], range: HorizonRange): readonly HorizonPart[] {
  const stretches: HorizonPart[] = [];
  for (const { band, model } of parts) {
    const first = Math.max(band.first, range.first);
    const last = Math.min(band.last, range.last);
    if (first > last) continue;
    const before = stretches.at(-1);
    if (before?.model === model) {
      stretches.splice(-1, 1, { band: { first: before.band.first, last }, model });
    } else stretches.push({ band: { first, last }, model });
  }
  return stretches;
}
