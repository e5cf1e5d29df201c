import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import type { ArimaCoefficients } from '#models/families/arima/estimation/fit-arima.ts';
import { addArima } from './arima-nodes.ts';
import { forecastArima } from './forecast-arima.ts';

const NAME = 'arima';

/** A fitted ARIMA of the values themselves as a candidate. */
export function createArimaModel(fit: ArimaCoefficients, shape: ForecastShape): RawModel {
  const { context, horizon } = shape;
  const { order, polynomials, mean } = fit;
  const head =
    (steps: number): RawModel['forecastInto'] =>
    (history, _originSeconds, out) =>
      out.set(forecastArima(fit, history, steps));
  return {
    name: NAME,
    shape,
    definition: { family: 'arima', fit: { order, polynomials, mean } },
    rows: horizon,
    columns: 1,
    forecastInto: head(horizon),
    head,
    addTo: (graph, { history }) => {
      const points = addArima(graph, history, { fit, past: context, horizon });
      return graph.op('Unsqueeze', [points, graph.ints([2], [1])]);
    },
  };
}
