import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { seasonalSums } from './seasonal-sums.ts';
import type { SmoothingParameters } from './smoothing-filter.ts';
import { filterWeights, horizonFactors } from './smoothing-filter.ts';
import { addSmoothingNodes } from './smoothing-nodes.ts';

/** Name of the family. */
export const SMOOTHING_NAME = 'exponential-smoothing';

export interface SmoothingStates {
  readonly shape: ForecastShape;
  readonly parameters: SmoothingParameters;
  /** Seasonal states by phase, [0] without a season. */
  readonly season: Float64Array;
  /** Steps at the start of the context whose mean is the first level. */
  readonly initialSteps: number;
}

/**
 * Forecast = season + three numbers times three fixed rows over the horizon. The three numbers
 * (level, trend and rest) are weighted sums of the history minus the same weighted sums of the
 * season, and the latter depend on the phase alone: a table. So a forecast costs two passes over
 * the context and one over the horizon.
 */
export function createSmoothingModel(states: SmoothingStates): RawModel {
  const { shape, parameters, season } = states;
  const { context, horizon, stepSeconds } = shape;
  const window = { parameters, context, initialSteps: Math.min(states.initialSteps, context) };
  const filter = filterWeights(window);
  const { level, trend } = filter;
  const factors = horizonFactors(parameters, horizon);
  const seasonal = seasonalSums(season, window, filter);

  const forecastInto: RawModel['forecastInto'] = (history, originSeconds, out) => {
    const phase = phaseOf(originSeconds, stepSeconds, season.length);
    let levelNow = -seasonal[3 * phase];
    let trendNow = -seasonal[3 * phase + 1];
    for (let k = 0; k < context; k++) {
      levelNow += level[k] * history[k];
      trendNow += trend[k] * history[k];
    }
    const rest = history[context - 1] - seasonal[3 * phase + 2] - levelNow;
    for (let step = 0; step < horizon; step++) {
      const moved =
        levelNow + factors[horizon + step] * trendNow + factors[2 * horizon + step] * rest;
      out[step] = moved + season[(phase + step) % season.length];
    }
  };

  const definition = {
    family: 'exponential-smoothing',
    ...{ parameters, season, initialSteps: window.initialSteps },
  } as const;
  const addTo: RawModel['addTo'] = (graph, inputs) =>
    addSmoothingNodes(graph, inputs, { shape, window, season, factors });
  return {
    name: SMOOTHING_NAME,
    shape,
    definition,
    rows: horizon,
    columns: 1,
    forecastInto,
    addTo,
  };
}

const phaseOf = (originSeconds: number, stepSeconds: number, length: number): number => {
  const step = Math.floor(originSeconds / stepSeconds) % length;
  return step < 0 ? step + length : step;
};
