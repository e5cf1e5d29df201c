import { firstSteps } from '#models/contract/first-steps.ts';
import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { whenAsked } from '#models/contract/when-asked.ts';
import type { DefinitionOf } from '#models/definition/member-definition.ts';
import { createRings } from '#models/families/trailing-window/mixture-rings.ts';
import { rollRings } from '#models/families/trailing-window/roll-rings.ts';
import { rankValues } from '#models/numeric/rank-values.ts';
import type { SortedPoints } from './mix-sample.ts';
import { mixSample, sortPoints } from './mix-sample.ts';
import { addMixtureNodes } from './mixture-nodes.ts';
import type { SamplePlan } from './sample-plan.ts';
import { gridPlace, samplePlan, SKETCH_LEVELS } from './sample-plan.ts';
import { createWindowPoints, seasonPoints, sketch } from './sample-points.ts';

const NAME = 'horizon-mixture';

/**
 * Mixture of the empirical distributions of trailing windows, of everything since training began
 * and of the same time of day, with weights that change along the horizon: minutes ahead the last
 * values count, a day ahead the time of day and the longest memory. The weights minimise the
 * continuous ranked probability score (a convex quadratic function of the weights of a linear pool:
 * Gneiting and Raftery 2007, section 4.2) over many machines, see mixture-weights.ts; weights
 * learnt anew for each machine did worse on what came after.
 */
export const horizonMixture: ModelFamily = {
  name: NAME,
  relativeCost: 4,
  fit: (series, shape) => {
    if (series.values.length === 0) return { kind: 'too-little-data', reason: 'no values' };
    return { kind: 'fitted', model: toModel(series.values, samplePlan(shape), shape) };
  },
};

function toModel(known: Float64Array, plan: SamplePlan, shape: ForecastShape): RawModel {
  const everything = sketch(known.toSorted());
  return {
    ...mixtureModel({ family: 'horizon-mixture', everything }, shape, plan),
    refit: (series) => toModel(series.values, plan, shape),
  };
}

/** The mixture with a sketch of everything since training began, as a model. */
export function mixtureModel(
  definition: DefinitionOf<'horizon-mixture'>,
  shape: ForecastShape,
  plan: SamplePlan = samplePlan(shape),
): RawModel {
  const { everything } = definition;
  const { horizon, levels, context } = shape;
  const parts = { plan, everything, levels: levels.length };
  const points = new Float64Array(plan.fixedCount);
  const head = (count: number): RawModel['forecastInto'] => {
    const mix = createMixer(parts, firstSteps(count));
    const windowPoints = createWindowPoints(plan);
    return (history, _origin, out) => {
      windowPoints(history, points);
      mix(history, points, out);
    };
  };
  return {
    name: NAME,
    shape,
    definition,
    rows: horizon,
    columns: levels.length,
    forecastInto: whenAsked(() => head(horizon)),
    head,
    roll: ({ values }, wanted) => {
      const mix = createMixer(parts, wanted);
      const movePoints = rollPoints(values, plan);
      return (end, out) => {
        movePoints(end, points);
        mix(values.subarray(end - context, end), points, out);
      };
    },
    addTo: (graph, inputs) =>
      addMixtureNodes(graph, inputs, { ...parts, range: { first: 1, last: horizon } }),
    addRows: (graph, inputs, range) => addMixtureNodes(graph, inputs, { ...parts, range }),
  };
}

/** `windowPoints` at growing origins of one series. */
function rollPoints(values: Float64Array, plan: SamplePlan) {
  const ranked = rankValues(values);
  const sketches = plan.windows.map((steps) =>
    rollRings(values, createRings([{ steps, weight: 1 }], SKETCH_LEVELS), ranked),
  );
  const size = SKETCH_LEVELS.length;
  return (end: number, out: Float64Array): void => {
    out.set(values.subarray(end - plan.recent, end));
    sketches.forEach((roll, k) => {
      const from = plan.recent + k * size;
      roll(end, out.subarray(from, from + size));
    });
  };
}

interface Mixture {
  readonly plan: SamplePlan;
  readonly everything: Float64Array;
  readonly levels: number;
}

/** Mixes the wanted steps: row-major [steps × levels]. */
function createMixer({ plan, everything, levels }: Mixture, steps: readonly number[]) {
  const places = steps.map((step) => gridPlace(plan.grid, step));
  const rows = [...new Set(places.flatMap(({ below, above }) => [below, above]))];
  const mixed = new Float64Array(plan.grid.length * levels);
  const season = new Float64Array(plan.seasonOffsets.length);
  const fixed: SortedPoints = {
    values: new Float64Array(plan.fixedCount),
    order: new Uint16Array(plan.fixedCount),
  };
  return (history: Float64Array, points: Float64Array, out: Float64Array): void => {
    points.set(everything, plan.fixedCount - everything.length);
    sortPoints(points, fixed);
    for (const row of rows) {
      if (season.length > 0) {
        seasonPoints(history, { plan, step: plan.grid[row] }, season);
        season.sort();
      }
      mixSample({ fixed, season }, { plan, row }, mixed.subarray(row * levels, (row + 1) * levels));
    }
    for (let s = 0; s < places.length; s++) {
      const { below, above, share } = places[s];
      for (let k = 0; k < levels; k++) {
        const low = mixed[below * levels + k];
        const high = mixed[above * levels + k];
        out[s * levels + k] = (1 - share) * low + share * high;
      }
    }
  };
}
