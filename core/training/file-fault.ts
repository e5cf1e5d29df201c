import { loadNearForecaster } from '#models/onnx/near-forecaster.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';
import { endSeconds, type RegularSeries } from '#models/series/series.ts';
import { trimSeries } from '#models/series/trim-series.ts';

/** Loads a model file as those do who will ask it. */
export type LoadFile = (onnx: Uint8Array) => Promise<Forecaster>;

/**
 * Loads a model file in ONNX Runtime as a decision does, and asks it to forecast what follows the
 * series: the near part and the whole horizon. Returns why the file cannot be used; null if it can.
 */
export async function fileFault(
  onnx: Uint8Array,
  series: RegularSeries,
  load: LoadFile = loadNearForecaster,
): Promise<string | null> {
  try {
    const forecaster = await load(onnx);
    try {
      const { context } = forecaster.metadata.shape;
      const measured = trimSeries(series);
      const filled = fillByDay(measured.values, measured.stepSeconds);
      const history = new Float32Array(filled.subarray(-context));
      const origins = [endSeconds(measured)];
      await forecaster.forecast(history, origins, [1]);
      const quantiles = await forecaster.forecast(history, origins);
      const at = quantiles.findIndex((value) => !Number.isFinite(value));
      return at === -1 ? null : `its forecast is not finite in ONNX Runtime: ${quantiles[at]}`;
    } finally {
      await forecaster.release();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
