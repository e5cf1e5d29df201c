import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import { calibrationBands } from '#models/contract/horizon-bands.ts';
import { arima } from '#models/families/arima/arima-family.ts';
import { fitArima } from '#models/families/arima/estimation/fit-arima.ts';
import { forecastArima } from '#models/families/arima/forecast/forecast-arima.ts';
import { fitFourier, harmonicTables } from '#models/families/arima/harmonic/fourier-fit.ts';
import { hannanRissanen } from '#models/families/arima/search/hannan-rissanen.ts';
import { quickArima } from '#models/families/arima/search/quick-arima.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { scaleWindow } from '#models/rolling/local-scale.ts';
import { rollRaw } from '#models/rolling/roll-raw.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { seededRandom, START_SECONDS } from '#test/models/synthetic-series.ts';

interface Golden {
  readonly cases: readonly {
    readonly name: string;
    readonly order: readonly [number, number, number];
    readonly multiples: readonly number[];
    readonly period: number;
    readonly values: readonly number[];
    readonly mean: number;
    readonly harmonics: readonly number[];
    readonly log_likelihood: number;
    readonly forecast: readonly number[];
    readonly joint_forecast: readonly number[];
  }[];
}

/** What statsmodels computes (scripts/make-golden-harmonic-arima.py). */
const golden = JSON.parse(readFileSync('test/golden/models/harmonic-arima.json', 'utf8')) as Golden;

const DAY = 288;
const SHAPE: ForecastShape = {
  stepSeconds: 300,
  context: 700,
  horizon: 100,
  levels: [0.1, 0.5, 0.9],
};
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 3600 };

/** Five-minute load with a day and an autoregression. */
function dailyLoad(steps: number, seed = 3): RegularSeries {
  const random = seededRandom(seed);
  let rest = 0;
  const values = Float64Array.from({ length: steps }, (_, t) => {
    rest = 0.8 * rest + random() - 0.5;
    return 10 + 4 * Math.sin((2 * Math.PI * t) / DAY) + rest;
  });
  return { startSeconds: START_SECONDS, stepSeconds: 300, values };
}

function fitted(series: RegularSeries, shape = SHAPE): RawModel {
  const fit = arima.fit(series, shape);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  return fit.model;
}

describe.each(golden.cases.map((one) => [one.name, one] as const))(
  'regression with %s ARIMA errors',
  (_name, { order, multiples, period, values, ...expected }) => {
    const series = Float64Array.from(values);
    const fit = fitFourier({ values: series, firstStep: 0, period }, multiples);
    const profile = new Float64Array(period);
    for (const table of fit.harmonics.map(harmonicTables(period))) {
      table.forEach((value, phase) => (profile[phase]! += value));
    }
    const errors = series.map((value, t) => value - profile[t % period]!);
    const [p, d, q] = order;
    const seasonal = { seasonalP: 0, seasonalD: 0, seasonalQ: 0, season: 1 };
    const model = fitArima(errors, { p, d, q, ...seasonal, constant: d === 0 })!;
    const ahead = forecastArima(model, errors, expected.forecast.length).map(
      (value, h) => value + profile[(series.length + h) % period]!,
    );

    it('has the least-squares regression of numpy', () => {
      expect(fit.mean).toBeCloseTo(expected.mean, 3);
      fit.harmonics.forEach(({ cosine, sine }, k) => {
        expect(cosine).toBeCloseTo(expected.harmonics[2 * k]!, 3);
        expect(sine).toBeCloseTo(expected.harmonics[2 * k + 1]!, 3);
      });
    });

    it('reaches the likelihood and forecasts of statsmodels for the errors', () => {
      // statsmodels starts an integrated process diffusely: its first value has no likelihood.
      const most = d === 0 ? 0.2 : 0.5;
      expect(model.logLikelihood).toBeGreaterThan(expected.log_likelihood - (d === 0 ? 0.02 : 0.5));
      expect(model.logLikelihood).toBeLessThan(expected.log_likelihood + most);
      ahead.forEach((value, h) =>
        expect(Math.abs(value / expected.forecast[h]! - 1)).toBeLessThan(0.001),
      );
    });

    it('forecasts nearly what regression and errors fitted at once forecast', () => {
      const spread = Math.sqrt(model.variance);
      ahead.forEach((value, h) =>
        expect(Math.abs(value - expected.joint_forecast[h]!)).toBeLessThan(spread),
      );
    });
  },
);

describe('ARIMA on five-minute steps', () => {
  it('gives the same forecasts in ONNX Runtime and in TypeScript, for any origin', async () => {
    const bands = calibrationBands(SHAPE.horizon);
    const model = calibrate(fitted(dailyLoad(2000)), {
      bands,
      offsets: new Float64Array(bands.length * SHAPE.levels.length),
      window: scaleWindow(SHAPE.context, DAY),
      bounds: { least: 0, most: 1e9 },
    });
    const file = exportModel(model, METADATA);
    expect(file.length).toBeLessThan(200_000);
    const forecaster = await loadForecaster(file);
    const value = fc.float({ min: 0, max: 100, noNaN: true });
    const history = fc.array(value, { minLength: SHAPE.context, maxLength: SHAPE.context });
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 0, max: 2 ** 31 }), async (values, origin) => {
        const found = await forecaster.forecast(Float32Array.from(values), [origin]);
        const past = Float64Array.from(Float32Array.from(values));
        model.forecast(past, origin).forEach((quantile, k) => {
          expect(Math.abs(found[k]! - quantile)).toBeLessThan(1e-4 * Math.max(10, quantile));
        });
      }),
      { numRuns: 20 },
    );
  });

  it('forecasts along a series what it forecasts from single histories', () => {
    const series = dailyLoad(2400);
    const model = fitted({ ...series, values: series.values.subarray(0, 2000) });
    const roll = rollRaw(model, series, [1, 12, 100]);
    const [found, whole] = [new Float64Array(3), new Float64Array(SHAPE.horizon)];
    for (const end of [2000, 2150, 2300]) {
      roll(end, found);
      const history = series.values.subarray(end - SHAPE.context, end);
      model.forecastInto(history, series.startSeconds + end * 300, whole);
      expect(found).toEqual(Float64Array.of(whole[0]!, whole[11]!, whole[99]!));
    }
  });

  it('forecasts the first steps alone as in the whole forecast', () => {
    const series = dailyLoad(2000);
    const model = fitted(series);
    const history = series.values.subarray(2000 - SHAPE.context);
    const origin = series.startSeconds + 2000 * 300;
    const [first, whole] = [new Float64Array(SHAPE.horizon), new Float64Array(SHAPE.horizon)];
    model.forecastInto(history, origin, whole);
    model.head!(13)(history, origin, first);
    expect(first.subarray(0, 13)).toEqual(whole.subarray(0, 13));
    expect(first.subarray(13).every((value) => value === 0)).toBe(true);
  });

  it('finds the day: its error half a day ahead is that of the noise', () => {
    const series = dailyLoad(2400);
    const model = fitted({ ...series, values: series.values.subarray(0, 2000) });
    const roll = rollRaw(model, series, [100]);
    const out = new Float64Array(1);
    let sum = 0;
    for (let end = 2000; end < 2300; end++) {
      roll(end, out);
      sum += Math.abs(out[0]! - series.values[end + 99]!);
    }
    // The autoregression alone has a mean absolute deviation of about 0.38; the day one of 2.5.
    expect(sum / 300).toBeLessThan(0.6);
  });

  it('renews regression and errors from a longer series', () => {
    const [old, fresh] = [dailyLoad(1000), dailyLoad(2000)];
    const moved = {
      ...fresh,
      values: fresh.values.map((value, t) => (t < 1000 ? value : value + 20)),
    };
    const refitted = fitted(old).refit!(moved);
    const out = new Float64Array(SHAPE.horizon);
    refitted.forecastInto(moved.values.subarray(1300), START_SECONDS + 2000 * 300, out);
    expect(out.every((value) => value > 20)).toBe(true);
  });
});

describe('hannanRissanen', () => {
  it('puts the order that a series was made with first, with its coefficients', () => {
    const random = seededRandom(4);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const values = new Float64Array(4000);
    let before = 0;
    for (let t = 1; t < values.length; t++) {
      const shock = normal();
      values[t] = 0.7 * values[t - 1]! + shock + 0.4 * before;
      before = shock;
    }
    const [best] = hannanRissanen(values, 2);
    expect([best!.p, best!.q]).toEqual([1, 1]);
    expect(Math.abs(best!.phi[0]! - 0.7)).toBeLessThan(0.05);
    expect(Math.abs(best!.theta[0]! - 0.4)).toBeLessThan(0.07);
  });

  it('has none for fewer values than the regressions need', () => {
    expect(hannanRissanen(new Float64Array(6), 3)).toEqual([]);
  });
});

describe('quickArima', () => {
  it('follows a constant without error and differences what wanders', () => {
    expect(quickArima(new Float64Array(100).fill(7))).toMatchObject({ mean: 7, variance: 0 });
    const random = seededRandom(6);
    let level = 0;
    const walk = Float64Array.from({ length: 800 }, () => (level += random() - 0.5));
    expect(quickArima(walk)!.order).toMatchObject({ d: 1, constant: false });
  });
});
