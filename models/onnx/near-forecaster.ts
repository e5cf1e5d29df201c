import { nearPart } from './near-part.ts';
import type { Forecaster } from './onnx-forecaster.ts';
import { loadForecaster, readMetadata } from './onnx-forecaster.ts';

/**
 * `loadForecaster` for callers that mostly read few steps. The steps of the file's near part, if it
 * has one, are computed without the others. The whole file is loaded when more steps are requested.
 * @throws UnusableModel that says what is wrong. A forecast of more steps also throws it if the
 * rest of the file is faulty.
 */
export async function loadNearForecaster(bytes: Uint8Array): Promise<Forecaster> {
  const metadata = readMetadata(bytes);
  const part = nearPart(bytes);
  if (part === null) return loadForecaster(bytes);
  const near = await loadForecaster(part);
  const nearSteps = near.metadata.shape.horizon;
  let whole: Promise<Forecaster> | null = null;
  return {
    metadata,
    forecast: async (history, originsSeconds, stepsAhead) => {
      const last = stepsAhead?.at(-1) ?? metadata.shape.horizon;
      const forecaster = last <= nearSteps ? near : await (whole ??= loadForecaster(bytes));
      return forecaster.forecast(history, originsSeconds, stepsAhead);
    },
    release: async () => {
      await near.release();
      await (await whole)?.release();
    },
  };
}
