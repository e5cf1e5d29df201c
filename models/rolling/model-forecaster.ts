import type { ForecastModel } from '#models/contract/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';

/**
 * A model as a forecaster: what its file would say in ONNX Runtime, at the cost of only the steps
 * that are asked for.
 */
export function modelForecaster({ shape, forecast }: ForecastModel): Pick<Forecaster, 'forecast'> {
  // Filled anew for every row, as decisions should leave little garbage.
  const values = new Float64Array(shape.context);
  return {
    forecast: async (history, originsSeconds, wanted) => {
      const steps = wanted?.at(-1) ?? shape.horizon;
      const { context, levels } = shape;
      if (history.length !== originsSeconds.length * context) {
        throw new RangeError(
          `${history.length} values are not ${originsSeconds.length} histories of ${context} steps`,
        );
      }
      const width = steps * levels.length;
      const out = new Float32Array(originsSeconds.length * width);
      originsSeconds.forEach((origin, row) => {
        values.set(history.subarray(row * context, (row + 1) * context));
        out.set(forecast(values, origin, steps), row * width);
      });
      return out;
    },
  };
}
