import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';
import { endSeconds, type RegularSeries } from '#models/series/series.ts';
import { trimSeries } from '#models/series/trim-series.ts';
import { loadDefined, type LoadFile } from '#models/stored/load-model.ts';

/**
 * Loads a model file in ONNX Runtime and asks it to forecast what follows the series. If the file
 * carries the model's definition, that has to give the same forecast, as decisions use it. Returns
 * why the file cannot be used; null if it can.
 * @param load loads the graph of a file; in this process where absent.
 */
export async function fileFault(
  onnx: Uint8Array,
  series: RegularSeries,
  load: LoadFile = loadForecaster,
): Promise<string | null> {
  try {
    const forecaster = await load(onnx);
    try {
      const { context } = forecaster.metadata.shape;
      const measured = trimSeries(series);
      const filled = fillByDay(measured.values, measured.stepSeconds);
      const history = new Float32Array(filled.subarray(-context));
      const origins = [endSeconds(measured)];
      const quantiles = await forecaster.forecast(history, origins);
      const at = quantiles.findIndex((value) => !Number.isFinite(value));
      if (at !== -1) return `its forecast is not finite in ONNX Runtime: ${quantiles[at]}`;
      const defined = await loadDefined(onnx)?.forecast(history, origins);
      return defined === undefined ? null : difference(quantiles, { defined, history });
    } finally {
      await forecaster.release();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Largest difference, relative to the forecast: ONNX Runtime computes in single precision. */
const LARGEST_DIFFERENCE = 1e-3;

/** Forecasts below this share of the largest value of the history count as this much. */
const LEAST_SHARE = 1e-3;

/** Where a graph and a definition differ; null where they agree. */
function difference(
  quantiles: Float32Array,
  { defined, history }: { readonly defined: Float32Array; readonly history: Float32Array },
): string | null {
  const least = LEAST_SHARE * history.reduce((most, value) => Math.max(most, value), 0);
  const at = quantiles.findIndex((value, k) => {
    const unit = Math.max(least, Math.abs(value));
    return !(Math.abs(value - defined[k]!) <= LARGEST_DIFFERENCE * unit);
  });
  if (at === -1) return null;
  return `its definition forecasts ${defined[at]} where its graph forecasts ${quantiles[at]}`;
}
