import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSmoothingModel } from '#models/families/smoothing/smoothing-model.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { uncalibrated } from '#models/onnx/raw-rows.ts';

const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };
const PARAMETERS = { levelGain: 0.3, trendGain: 0.05, damping: 0.9, autocorrelation: 0.5 };

describe('addSmoothingNodes', () => {
  it('gives a graph that loads, whatever the context and the first steps', async () => {
    const lengths = fc.record({
      context: fc.integer({ min: 2, max: 70 }),
      initialSteps: fc.oneof(fc.constant(1000), fc.integer({ min: 1, max: 70 })),
      season: fc.integer({ min: 1, max: 30 }),
      stepSeconds: fc.constantFrom(1, 30, 42, 300, 660),
    });
    await fc.assert(
      fc.asyncProperty(lengths, async ({ context, initialSteps, season, stepSeconds }) => {
        const model = createSmoothingModel({
          shape: { stepSeconds, context, horizon: 5, levels: [0.5] },
          parameters: PARAMETERS,
          season: Float64Array.from({ length: season }, (_, k) => k % 3),
          initialSteps,
        });
        const forecaster = await loadForecaster(exportModel(uncalibrated(model), METADATA));
        const history = Float64Array.from({ length: context }, (_, k) => 4 + (k % 5));
        const origin = 12_345 * stepSeconds;
        const found = await forecaster.forecast(new Float32Array(history), [origin]);
        await forecaster.release();
        const expected = new Float64Array(5);
        model.forecastInto(history, origin, expected);
        expected.forEach((value, k) => expect(found[k]).toBeCloseTo(value, 3));
      }),
      { numRuns: 60 },
    );
  });
});
