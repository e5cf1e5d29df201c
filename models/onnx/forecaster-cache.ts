import type { Forecaster } from './onnx-forecaster.ts';
import { loadNearForecaster } from './near-forecaster.ts';

/** Loaded models by the hash of their file. */
export interface ForecasterCache {
  /** @throws what `loadBytes` or `loadNearForecaster` throws; a failure is not remembered. */
  get(sha256: string): Promise<Forecaster>;
  /** Releases every model that is kept. */
  clear(): void;
}

/**
 * Keeps the `limit` models that were used last. One that falls out is released; whoever still holds it can go on
 * forecasting, at the price of loading it again.
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
      return await loadNearForecaster(await loadBytes(sha256));
    } catch (error) {
      loaded.delete(sha256);
      throw error;
    }
  };

  const forget = (sha256: string): void => {
    const forgotten = loaded.get(sha256);
    loaded.delete(sha256);
    // A model that failed to load has told so to those who asked for it, and holds nothing.
    forgotten?.then((forecaster) => forecaster.release()).catch(() => undefined);
  };

  return {
    get: (sha256) => {
      const forecaster = loaded.get(sha256) ?? load(sha256);
      loaded.delete(sha256);
      loaded.set(sha256, forecaster);
      const [oldest] = loaded.keys();
      if (loaded.size > limit && oldest !== undefined) forget(oldest);
      return forecaster;
    },
    clear: () => {
      for (const sha256 of [...loaded.keys()]) forget(sha256);
    },
  };
}
