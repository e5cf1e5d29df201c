import { firstSteps } from '#models/contract/first-steps.ts';
import type { ForecastShape, ModelFamily, RawModel } from '#models/contract/forecast-model.ts';
import { whenAsked } from '#models/contract/when-asked.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { featurePlan } from './feature-plan.ts';
import { enoughOrigins, fitLinear } from './fit-linear.ts';
import { linearForecast } from './linear-forecast.ts';
import { addLinearNodes } from './linear-nodes.ts';
import type { LinearParameters } from './linear-parameters.ts';

const NAME = 'linear-quantile';

/**
 * Steps ahead with a regression of their own. They are dense near the origin, where steps differ
 * most.
 */
const KNOTS = [1, 2, 3, 6, 12, 24, 48, 144, 288];

/**
 * Levels with a regression of their own. Levels between them are interpolated, levels beyond them
 * calibrated.
 */
const LEVELS = [0.1, 0.3, 0.5, 0.7, 0.9];

/** The coefficients are fitted again when the series is this many times as long. */
const WORTH_REFITTING = 1.9;

/**
 * Direct multi-horizon linear quantile regression (Koenker and Bassett 1978): one regression per
 * step ahead and level, without recursion. Features are the last values; level, extremes and spread
 * of recent windows; and the values at the target's time of day and week.
 */
export const linearQuantile: ModelFamily = {
  name: NAME,
  relativeCost: 10,
  fit: (series, shape) => {
    const plan = featurePlan(shape);
    const knots = knotsOf(shape);
    if (!enoughOrigins(series.values.length, plan, knots.at(-1)!)) {
      const reason = `${series.values.length} steps are too few for a context of ${shape.context} and a horizon of ${shape.horizon}`;
      return { kind: 'too-little-data', reason };
    }
    const parameters = fitLinear({ values: series.values, plan, knots, levels: LEVELS });
    return { kind: 'fitted', model: toModel(parameters, shape, series.values.length) };
  },
};

const knotsOf = ({ horizon }: ForecastShape): number[] => [
  ...KNOTS.filter((knot) => knot < horizon),
  horizon,
];

function toModel(parameters: LinearParameters, shape: ForecastShape, length: number): RawModel {
  return {
    ...linearModel(parameters, shape),
    refit: (series) => refitted(parameters, { series, shape, length }),
  };
}

/** The regressions as a model. */
export function linearModel(parameters: LinearParameters, shape: ForecastShape): RawModel {
  const { horizon, levels, context } = shape;
  const head = (count: number): RawModel['forecastInto'] => {
    const forecast = linearForecast(parameters, firstSteps(count), levels);
    return (history, _origin, out) => forecast(history, out);
  };
  return {
    name: NAME,
    shape,
    definition: { family: NAME, ...parameters },
    rows: horizon,
    columns: levels.length,
    forecastInto: whenAsked(() => head(horizon)),
    head,
    roll: ({ values }, stepsAhead) => {
      const forecast = linearForecast(parameters, stepsAhead, levels);
      return (end, out) => forecast(values.subarray(end - context, end), out);
    },
    addTo: (graph, inputs) => addLinearNodes(graph, inputs, { parameters, shape }),
  };
}

interface Longer {
  readonly series: RegularSeries;
  readonly shape: ForecastShape;
  /** Length of the series that the parameters were fitted to. */
  readonly length: number;
}

function refitted(parameters: LinearParameters, { series, shape, length }: Longer): RawModel {
  const { values } = series;
  if (values.length < WORTH_REFITTING * length) return toModel(parameters, shape, length);
  const { plan, knots, levels, coefficients: start } = parameters;
  return toModel(fitLinear({ values, plan, knots, levels, start }), shape, values.length);
}
