import { nearPart } from './near-part.ts';
import type { Forecaster } from './onnx-forecaster.ts';
import { loadForecaster, readMetadata } from './onnx-forecaster.ts';

/**
 * `loadForecaster` for whoever mostly looks at few steps: those of the file's near part, if it has one, come without the work for
 * the others; the whole file is loaded once more are wanted.
 * @throws UnusableModel that says what is wrong; a forecast of more steps does so too, if the rest of the file is to blame.
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
    forecast: async (history, originsSeconds, wanted) => {
      const last = wanted?.at(-1) ?? metadata.shape.horizon;
      const forecaster = last <= nearSteps ? near : await (whole ??= loadForecaster(bytes));
      return forecaster.forecast(history, originsSeconds, wanted);
    },
    release: async () => {
      await near.release();
      await (await whole)?.release();
    },
  };
}
