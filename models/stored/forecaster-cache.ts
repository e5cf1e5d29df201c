import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { loadModel, type LoadFile } from './load-model.ts';

/** Loaded models by the hash of their file. */
export interface ForecasterCache {
  /** @throws the errors of `loadBytes` and of loading the file. A failure is not cached. */
  get(sha256: string): Promise<Forecaster>;
  /** Releases all cached models. */
  clear(): void;
}

/**
 * Caches the `limit` models that were used last. A model that leaves the cache is released. Its
 * holders can still use it; it is then loaded again.
 * @param loadFile loads a file; `loadModel` where absent.
 * @throws RangeError if limit is below 1.
 */
export function createForecasterCache(
  loadBytes: (sha256: string) => Promise<Uint8Array>,
  limit: number,
  loadFile: LoadFile = loadModel,
): ForecasterCache {
  if (!(limit >= 1)) {
    throw new RangeError(`a cache needs room for at least one model, not ${limit}`);
  }
  // A Map iterates in insertion order, so the first key is the least recently used one.
  const loaded = new Map<string, Promise<Forecaster>>();

  const load = async (sha256: string): Promise<Forecaster> => {
    try {
      return await loadFile(await loadBytes(sha256));
    } catch (error) {
      loaded.delete(sha256);
      throw error;
    }
  };

  const forget = (sha256: string): void => {
    const forgotten = loaded.get(sha256);
    loaded.delete(sha256);
    // A model that failed to load holds nothing; the callers of `get` received its error.
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
