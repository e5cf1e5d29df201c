import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bandOffsets } from '#models/calibration/band-offsets.ts';
import { calibrateRolling } from '#models/calibration/calibrate-rolling.ts';
import { gatherEvidence } from '#models/calibration/gather-evidence.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { rollingForecasts } from '#models/rolling/rolling-forecasts.ts';
import { crossValidate } from '#models/selection/cross-validate.ts';
import type { TrainingResult } from '#models/selection/train-model.ts';
import { DEFAULT_FAMILIES, trainModel } from '#models/selection/train-model.ts';
import type { RegularSeries } from '#models/series/series.ts';
import {
  dailySeries,
  seededRandom,
  spikySeries,
  withValues,
} from '#test/models/synthetic-series.ts';

const SHAPE: ForecastShape = {
  stepSeconds: 3600,
  context: 336,
  horizon: 48,
  levels: [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975],
};
/** ARIMA takes seconds per training, and has tests of its own. */
const families = DEFAULT_FAMILIES.filter(({ name }) => name !== 'arima');
const OPTIONS = { resource: 'cpu', unit: 'cores', origins: 6, families };

function trained(series: RegularSeries, shape = SHAPE): TrainingResult & { kind: 'trained' } {
  const result = trainModel(series, shape, OPTIONS);
  if (result.kind !== 'trained') throw new Error(result.reason);
  return result;
}

function expectProper(quantiles: Float64Array, levels: number): void {
  quantiles.forEach((value, k) => {
    expect(value).toBeGreaterThanOrEqual(k % levels === 0 ? 0 : quantiles[k - 1]!);
    expect(Number.isFinite(value)).toBe(true);
  });
}

/** Forecast from the end of a series: by default of that which the model was trained on. */
function forecastOf(
  result: TrainingResult & { kind: 'trained' },
  series: RegularSeries,
  originSeconds = result.trainedToSeconds,
) {
  const filled = series.values.map((value) => (Number.isNaN(value) ? 0 : value));
  const history = filled.slice(filled.length - result.model.shape.context);
  return result.model.forecast(history, originSeconds);
}

describe('trainModel', () => {
  it('prefers a model with seasons on a series with seasons', () => {
    const result = trained(dailySeries(1344));
    expect(result.model.name).toMatch(
      /exponential-smoothing|seasonal-autoregression|harmonic-regression/,
    );
    expect(result.loss).toBeLessThan(0.06);
    expect(result.coverage80).toBeGreaterThan(0.74);
    // The mean of several calibrated models is a little wide where none of them errs alike.
    expect(result.coverage80).toBeLessThan(0.9);
    expect(result.relativeWidth).toBeLessThan(0.3);
  });

  it('does not take a spike for a new level on a series of spikes', () => {
    const series = spikySeries(1344);
    const result = trained(series);
    expect(result.model.name).toMatch(/quantile-mixture|linear-quantile|seasonal-autoregression/);
    const values = Float64Array.from(series.values);
    values[values.length - 1] = 20;
    const quantiles = forecastOf(result, withValues(series, values));
    const median = SHAPE.levels.indexOf(0.5);
    for (let step = 1; step < SHAPE.horizon; step++) {
      expect(quantiles[step * SHAPE.levels.length + median]!).toBeLessThan(0.5);
    }
  });

  it('does not follow the spikes of a series without pattern', () => {
    const { loss, table } = trained(spikySeries(1344));
    const lossOf = (name: string) => table.find(({ model }) => model === name)!.loss!;
    expect(loss).toBeLessThanOrEqual(lossOf('quantile-mixture'));
    expect(loss).toBeLessThan(0.7 * lossOf('seasonal-naive-day'));
  });

  it('covers later unseen data as it promises', () => {
    const all = dailySeries(2400, 9);
    let [inside, points] = [0, 0];
    const until = (end: number) => withValues(all, all.values.subarray(0, end));
    let latest = trained(until(1344));
    for (let end = 1344; end + 48 <= 2400; end += 48) {
      // Trained once in eight days: trainings are what takes time here.
      if (end > 1344 && (end - 1344) % 192 === 0) latest = trained(until(end));
      const quantiles = forecastOf(latest, until(end), all.startSeconds + end * all.stepSeconds);
      for (let step = 0; step < 48; step++) {
        const y = all.values[end + step]!;
        const at = step * SHAPE.levels.length;
        if (y >= quantiles[at + 1]! && y <= quantiles[at + 5]!) inside++;
        points++;
      }
    }
    expect(inside / points).toBeGreaterThan(0.75);
    expect(inside / points).toBeLessThan(0.87);
  });

  it('writes a file that says what was trained on', async () => {
    const series = dailySeries(1344);
    const result = trained(series);
    const { metadata } = await loadForecaster(result.onnx);
    expect(metadata).toEqual({
      model: result.model.name,
      resource: 'cpu',
      unit: 'cores',
      shape: SHAPE,
      trainedFromSeconds: series.startSeconds,
      trainedToSeconds: series.startSeconds + 1344 * 3600,
    });
  });

  it('shortens the context for a short history', () => {
    const series = dailySeries(60);
    const result = trained(series);
    expect(result.model.shape.context).toBe(30);
    expectProper(forecastOf(result, series), SHAPE.levels.length);
  });

  it('says how much is missing of a history that is too short', () => {
    const short = trainModel(dailySeries(20), SHAPE, OPTIONS);
    expect(short).toEqual({
      kind: 'too-little-data',
      reason: '20 measured values, at least 48 are needed',
    });
    const nothing = withValues(
      dailySeries(1),
      Array.from({ length: 500 }, () => NaN),
    );
    expect(trainModel(nothing, SHAPE, OPTIONS).kind).toBe('too-little-data');
    expect(trainModel(withValues(nothing, []), SHAPE, OPTIONS).kind).toBe('too-little-data');
  });

  it.each([0, 3, 2.5e10])('forecasts a constant %d exactly', (constant) => {
    const series = withValues(
      dailySeries(1),
      Array.from({ length: 700 }, () => constant),
    );
    const result = trained(series);
    expect(result.loss).toBeCloseTo(0, 9);
    for (const value of forecastOf(result, series)) {
      expect(Math.abs(value - constant)).toBeLessThanOrEqual(1e-6 * (1 + constant));
    }
  });

  it('stays finite when a silent series begins to work', () => {
    const values = Array.from({ length: 900 }, (_, k) => (k < 850 ? 0 : 5 + (k % 3)));
    const series = withValues(dailySeries(1), values);
    const quantiles = forecastOf(trained(series), series);
    expectProper(quantiles, SHAPE.levels.length);
    expect(Math.max(...quantiles)).toBeLessThan(50);
  });

  it('trains on any pattern of gaps', () => {
    const holes = fc.array(fc.tuple(fc.nat(699), fc.integer({ min: 1, max: 90 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(holes, fc.integer({ min: 0, max: 1000 }), (gaps, seed) => {
        const values = Float64Array.from(dailySeries(700, seed).values);
        for (const [start, length] of gaps) values.fill(NaN, start, start + length);
        const series = withValues(dailySeries(1), values);
        const result = trainModel(series, { ...SHAPE, horizon: 24 }, OPTIONS);
        if (result.kind === 'trained') {
          expectProper(forecastOf(result, series), SHAPE.levels.length);
        } else expect(result.reason).not.toBe('');
      }),
      { numRuns: 8 },
    );
  });
});

/** Made when it is first asked for, and kept. */
function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

describe.each(DEFAULT_FAMILIES.map((family) => [family.name, family] as const))(
  'cross-validation of %s',
  (_name, family) => {
    const series = dailySeries(1000, 4);
    const early = gatherEvidence(series, SHAPE);
    const changeAt = early.plan.folds[2]!.start;
    // The future is another one, with gaps that touch the point of change.
    const random = seededRandom(11);
    const values = series.values.map((value, k) => (k < changeAt ? value : 50 * random()));
    values.fill(NaN, changeAt, changeAt + 7);
    const late = gatherEvidence(withValues(series, values), SHAPE);
    /** With the other future; both tests look at it. */
    const rolledLate = once(() => rollingForecasts(family, late));

    it('forecasts at earlier origins as if the future had not changed', () => {
      const [before, after] = [rollingForecasts(family, early), rolledLate()];
      if (before.kind !== 'rolled' || after.kind !== 'rolled') throw new Error('not rolled');
      const width = before.stored * before.columns;
      const origins = early.plan.origins.filter((origin) => origin <= changeAt).length;
      expect(origins).toBeGreaterThan(100);
      expect(Array.from(late.plan.origins.subarray(0, origins))).toEqual(
        Array.from(early.plan.origins.subarray(0, origins)),
      );
      expect(after.raw.subarray(0, origins * width)).toEqual(
        before.raw.subarray(0, origins * width),
      );
      expect(bandOffsets(after, late, changeAt)).toEqual(bandOffsets(before, early, changeAt));
    });

    it('scores only what was measured', () => {
      const rolled = rolledLate();
      if (rolled.kind !== 'rolled') throw new Error(rolled.reason);
      const { bands } = crossValidate(calibrateRolling(rolled, late), late, 6);
      bands.forEach((band) => {
        expect(band!.loss).toBeGreaterThan(0);
        expect(band!.coverage80).toBeLessThanOrEqual(1);
      });
      const unmeasured = { ...late, actual: late.actual.map(() => NaN) };
      expect(
        crossValidate(calibrateRolling(rolled, unmeasured), unmeasured, 6).bands.every(
          (band) => band === null,
        ),
      ).toBe(true);
    });
  },
);
