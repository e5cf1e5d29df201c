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
  return {
    name,
    shape: only.shape,
    definition: joinDefinitions(parts),
    forecast: (history, originSeconds, steps) =>
      forecastJoined(parts, { history, originSeconds, steps }),
    follow: (series, steps) => rollJoined(parts, series, steps),
    addTo: (graph, inputs, range) => addNodes(graph, inputs, { parts, range }),
  };
}

/** The models that a part needs; parts that average the same ones share their forecasts. */
const membersOf = ({ model }: HorizonPart): readonly ForecastModel[] => model.averaged ?? [model];

interface JoinedRequest {
  readonly history: Float64Array;
  readonly originSeconds: number;
  readonly steps: number | undefined;
}

/** Asks each member once, up to the last step of all parts that it serves. */
function forecastJoined(
  parts: readonly HorizonPart[],
  { history, originSeconds, steps = parts[0].model.shape.horizon }: JoinedRequest,
): Float64Array {
  const levels = parts[0].model.shape.levels.length;
  const reached = parts.filter(({ band }) => band.first <= steps);
  const farthest = new Map<ForecastModel, number>();
  for (const part of reached) {
    for (const member of membersOf(part)) farthest.set(member, Math.min(steps, part.band.last));
  }
  const forecasts = new Map(
    [...farthest].map(([member, last]) => [member, member.forecast(history, originSeconds, last)]),
  );
  const quantiles = new Float64Array(steps * levels);
  for (const part of reached) {
    const members = membersOf(part);
    const [from, to] = [(part.band.first - 1) * levels, Math.min(steps, part.band.last) * levels];
    const share = 1 / members.length;
    for (const member of members) {
      const values = forecasts.get(member)!;
      for (let k = from; k < to; k++) quantiles[k] += share * values[k];
    }
  }
  return quantiles;
}

/** Every member forecasts only the steps that it serves, and all of them at once. */
function rollJoined(
  parts: readonly HorizonPart[],
  series: RegularSeries,
  steps: readonly number[],
): RollingForecast {
  const width = parts[0].model.shape.levels.length;
  const owners = steps.map((step) => {
    const part = parts.find(({ band }) => step <= band.last);
    return part ? membersOf(part) : [];
  });
  const rolls = [...new Set(owners.flat())].map((member) => {
    const own = steps.filter((_, row) => owners[row].includes(member));
    const values = new Float64Array(own.length * width);
    return { member, own, values, roll: followModel(member, series, own) };
  });
  const shares = owners.flatMap((members, row) =>
    members.map((member) => {
      const { values, own } = rolls.find((roll) => roll.member === member)!;
      return { row, values, from: own.indexOf(steps[row]) * width, share: 1 / members.length };
    }),
  );
  return (end, out) => {
    for (const { values, roll } of rolls) roll(end, values);
    out.fill(0);
    for (const { row, values, from, share } of shares) {
      for (let k = 0; k < width; k++) out[row * width + k] += share * values[from + k];
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
