import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from '#models/calibration/calibrate.ts';
import { calibrationBands } from '#models/contract/horizon-bands.ts';
import { arima } from '#models/families/arima/arima-family.ts';
import { fitArima } from '#models/families/arima/estimation/fit-arima.ts';
import { createArimaModel } from '#models/families/arima/forecast/arima-model.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { scaleWindow } from '#models/rolling/local-scale.ts';
import { dailySeries, START_SECONDS } from '#test/models/synthetic-series.ts';

const SHAPE = { stepSeconds: 3600, context: 120, horizon: 30, levels: [0.1, 0.5, 0.9] };
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };
const order = (p: number, d: number, q: number, seasonal: readonly [number, number, number]) => ({
  p,
  d,
  q,
  seasonalP: seasonal[0],
  seasonalD: seasonal[1],
  seasonalQ: seasonal[2],
  season: 24,
  constant: d + seasonal[1] < 2,
});

describe('an ARIMA model', () => {
  it.each([
    order(0, 0, 0, [0, 0, 0]),
    order(2, 0, 0, [0, 0, 0]),
    order(1, 1, 2, [0, 0, 0]),
    order(1, 0, 1, [1, 1, 1]),
    order(0, 1, 1, [0, 1, 1]),
  ])('gives the same forecasts in ONNX Runtime: %j', async (chosen) => {
    const fit = fitArima(dailySeries(400).values, chosen)!;
    const bands = calibrationBands(SHAPE.horizon);
    const model = calibrate(createArimaModel(fit, SHAPE), {
      bands,
      offsets: new Float64Array(bands.length * 3),
      window: scaleWindow(SHAPE.context, 24),
      bounds: { least: 0, most: 1e9 },
    });
    const forecaster = await loadForecaster(exportModel(model, METADATA));
    const value = fc.float({ min: 0, max: 100, noNaN: true });
    const history = fc.array(value, { minLength: SHAPE.context, maxLength: SHAPE.context });
    await fc.assert(
      fc.asyncProperty(history, async (values) => {
        const found = await forecaster.forecast(Float32Array.from(values), [START_SECONDS]);
        const expected = model.forecast(Float64Array.from(values), START_SECONDS);
        expected.forEach((quantile, k) =>
          expect(Math.abs(found[k]! - quantile)).toBeLessThan(0.02),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('leaves short histories to others', () => {
    expect(arima.fit(dailySeries(20), SHAPE)).toMatchObject({ kind: 'too-little-data' });
  });

  it('fits an hourly series', () => {
    const fit = arima.fit(dailySeries(400), SHAPE);
    if (fit.kind !== 'fitted') throw new Error(fit.reason);
    const out = new Float64Array(SHAPE.horizon);
    fit.model.forecastInto(dailySeries(400).values.subarray(280), START_SECONDS, out);
    out.forEach((value) => expect(value).toBeGreaterThan(0));
  });
});
