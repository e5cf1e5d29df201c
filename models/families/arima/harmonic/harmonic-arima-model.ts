import type { ForecastShape, RawModel, RollingForecast } from '#models/contract/forecast-model.ts';
import type { ArimaCoefficients, ArimaFit } from '#models/families/arima/estimation/fit-arima.ts';
import { addArima } from '#models/families/arima/forecast/arima-nodes.ts';
import { forecastArima } from '#models/families/arima/forecast/forecast-arima.ts';
import {
  addFromScale,
  addToScale,
  fromScale,
  toScale,
} from '#models/families/autoregression/value-scale.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import { sliceSteps } from '#models/graph/slice-steps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { SeasonalRegression } from './choose-harmonics.ts';

const NAME = 'arima';

/** Values that a forecast reads at most: innovations of what lies further back have died away. */
const MOST_READ = 576;

/** A seasonal regression and the ARIMA that its errors follow. */
export interface HarmonicArima {
  readonly regression: SeasonalRegression;
  readonly errors: ArimaFit;
}

/** What a forecast needs of it. */
export interface HarmonicCoefficients {
  readonly regression: Pick<SeasonalRegression, 'scale' | 'profile'>;
  readonly errors: ArimaCoefficients;
}

/** Fits the model's coefficients to a longer series. */
export type Refit = (longer: RegularSeries, before: HarmonicArima) => HarmonicArima;

/** A seasonal regression with ARIMA errors that can be fitted to a longer series. */
export function refittableArima(fit: HarmonicArima, shape: ForecastShape, refit: Refit): RawModel {
  return {
    ...harmonicArimaModel(fit, shape),
    refit: (longer) => refittableArima(refit(longer, fit), shape, refit),
  };
}

/** The forecasts of a seasonal regression with ARIMA errors. */
export function harmonicArimaModel(fit: HarmonicCoefficients, shape: ForecastShape): RawModel {
  const { scale, profile } = fit.regression;
  const { order, polynomials, mean } = fit.errors;
  const { context, horizon, stepSeconds } = shape;
  const period = profile.length;
  const read = Math.min(context, MOST_READ);
  const errors = new Float64Array(read);
  const head =
    (steps: number): RawModel['forecastInto'] =>
    (history, originSeconds, out) => {
      // Non-negative even where the origin lies before 1970.
      const origin = Math.floor(originSeconds / stepSeconds) % period;
      const first = (((origin - read) % period) + period) % period;
      for (let k = 0; k < read; k++) {
        const value = toScale(history[context - read + k], scale);
        errors[k] = value - profile[(first + k) % period];
      }
      const ahead = forecastArima(fit.errors, errors, steps);
      for (let step = 0; step < steps; step++) {
        const season = profile[(first + read + step) % period];
        out[step] = fromScale(ahead[step] + season, scale);
      }
    };
  return {
    name: NAME,
    shape,
    definition: {
      family: 'harmonic-arima',
      ...{ scale, profile, errors: { order, polynomials, mean } },
    },
    rows: horizon,
    columns: 1,
    forecastInto: head(horizon),
    head,
    roll: (series, steps) => roll(series, steps, { fit, shape, read }),
    addTo: (graph, inputs) => {
      const points = addNodes(graph, inputs, { fit, shape, read });
      return graph.op('Unsqueeze', [points, graph.ints([2], [1])]);
    },
  };
}

interface Parts {
  readonly fit: HarmonicCoefficients;
  readonly shape: ForecastShape;
  /** Number of values that a forecast reads. */
  readonly read: number;
}

/** Scale and season are taken off once for all origins. */
function roll(
  { values, startSeconds, stepSeconds }: RegularSeries,
  steps: readonly number[],
  { fit, read }: Parts,
): RollingForecast {
  const { scale, profile } = fit.regression;
  const firstStep = Math.floor(startSeconds / stepSeconds);
  const seasonAt = (at: number): number => profile[(firstStep + at) % profile.length];
  const errors = values.map((value, at) => toScale(value, scale) - seasonAt(at));
  const farthest = steps.at(-1) ?? 0;
  return (end, out) => {
    const ahead = forecastArima(fit.errors, errors.subarray(end - read, end), farthest);
    steps.forEach((step, row) => {
      out[row] = fromScale(ahead[step - 1] + seasonAt(end + step - 1), scale);
    });
  };
}

/** @returns [batch, horizon] */
function addNodes(
  graph: GraphBuilder,
  { history, origin }: GraphInputs,
  { fit, shape, read }: Parts,
): Tensor {
  const { scale, profile } = fit.regression;
  const { context, horizon, stepSeconds } = shape;
  const period = profile.length;
  const step = graph.op('Div', [origin, graph.ints([stepSeconds], [1])]);
  const phase = graph.op('Unsqueeze', [
    graph.op('Mod', [step, graph.ints([period], [1])]),
    graph.ints([1], [1]),
  ]);
  const table = graph.floats(profile, [period]);
  // Lifted by whole seasons, so that no offset from the origin is negative.
  const lift = Math.ceil(read / period) * period - read;
  const seasonAt = (from: number, count: number): Tensor => {
    const offsets = Array.from({ length: count }, (_, k) => from + k);
    const moved = graph.op('Add', [phase, graph.ints(offsets, [1, count])]);
    return graph.op('Gather', [table, graph.op('Mod', [moved, graph.ints([period], [1])])]);
  };
  const values = addToScale(graph, sliceSteps(graph, history, [context - read, context]), scale);
  const errors = graph.op('Sub', [values, seasonAt(lift, read)]);
  const ahead = addArima(graph, errors, { fit: fit.errors, past: read, horizon });
  return addFromScale(graph, graph.op('Add', [ahead, seasonAt(0, horizon)]), scale);
}
