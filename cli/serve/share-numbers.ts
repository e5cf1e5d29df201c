import { perResource, type FootprintWindow } from '#core/domain/footprint.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';

/**
 * A copy in memory that threads share: what is posted to another one is then not copied there, so
 * that it does not keep answers waiting however many applications there are.
 */
function sharedCopy(values: Float64Array): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}

export function sharedWindow(window: FootprintWindow): FootprintWindow {
  return { ...window, values: perResource((resource) => sharedCopy(window.values[resource])) };
}

export function sharedForecast(forecast: QuantileForecast): QuantileForecast {
  return { ...forecast, values: sharedCopy(forecast.values) };
}
