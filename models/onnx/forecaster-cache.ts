import type { Forecaster } from './onnx-forecaster.ts';
import { loadForecaster } from './onnx-forecaster.ts';

/** Loaded models by the hash of their file. */
export interface ForecasterCache {
  /** @throws what `loadBytes` or `loadForecaster` throws; a failure is not remembered. */
  get(sha256: string): Promise<Forecaster>;
}

/**
 * Keeps the `limit` models that were used last. One that falls out is left to the garbage collector, not released:
 * somebody may still be forecasting with it.
 * @throws RangeError if limit is below 1.
 */
export function createForecasterCache(
  loadBytes: (sha256: string) => Promise<Uint8Array>,
  limit: number,
): ForecasterCache {
  if (!(limit >= 1))
    throw new RangeError(`a cache needs room for at least one model, not ${limit}`);
  // A Map iterates in the order of insertion: the first key is the one unused for longest.
  const loaded = new Map<string, Promise<Forecaster>>();

  const load = async (sha256: string): Promise<Forecaster> => {
    try {
      return await loadForecaster(await loadBytes(sha256));
    } catch (error) {
      loaded.delete(sha256);
      throw error;
    }
  };

  return {
    get: (sha256) => {
      const forecaster = loaded.get(sha256) ?? load(sha256);
      loaded.delete(sha256);
      loaded.set(sha256, forecaster);
      const [oldest] = loaded.keys();
      if (loaded.size > limit && oldest !== undefined) loaded.delete(oldest);
      return forecaster;
    },
  };
}
