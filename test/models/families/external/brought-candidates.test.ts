import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { gatherEvidence } from '#models/calibration/gather-evidence.ts';
import { levelWeights } from '#models/contract/level-weights.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import { externalModel, shapeFault } from '#models/families/external/external-model.ts';
import { rollExternal } from '#models/families/external/roll-external.ts';
import { quantileMixtureEqual } from '#models/families/trailing-window/quantile-mixture.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import { loadForecaster, type Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { addRawRows, uncalibrated } from '#models/onnx/raw-rows.ts';
import {
  DEFAULT_FAMILIES,
  trainModel,
  type TrainingResult,
} from '#models/selection/train-model.ts';
import { dailySeries } from '#test/models/synthetic-series.ts';

const FILE = new URL('golden/naive-day.onnx', import.meta.url);
const SHAPE = { stepSeconds: 3600, context: 336, horizon: 24, levels: [0.05, 0.1, 0.5, 0.7, 0.95] };
const NAME = 'naive-day (naive-day.onnx)';
const METADATA = { resource: 'cpu', unit: 'cores', trainedFromSeconds: 0, trainedToSeconds: 1 };

let onnx: Uint8Array;
let forecaster: Forecaster;
beforeAll(async () => {
  onnx = new Uint8Array(await readFile(FILE));
  forecaster = await loadForecaster(onnx);
});

const batchOf = (rows: number, context: number): Float32Array =>
  Float32Array.from({ length: rows * context }, (_, k) => 5 + 4 * Math.sin(k / 3.8) + (k % 7) / 10);

describe('a file of somebody else', () => {
  it('gives the same forecasts when it is built into a model file of ours', async () => {
    const own = forecaster.metadata.shape;
    const model = externalModel(NAME, { onnx, own }, SHAPE);
    const whole = exportModel(uncalibrated(model), METADATA);
    const built = await loadForecaster(whole);
    const history = batchOf(3, SHAPE.context);
    const found = await built.forecast(history, [0, 3600, 7200]);
    const newest = Float32Array.from({ length: 3 * 48 }, (_, k) => {
      return history[Math.floor(k / 48) * 336 + 288 + (k % 48)]!;
    });
    const expected = await forecaster.forecast(newest, [0, 3600, 7200]);
    const at = (row: number, step: number, level: number) =>
      expected[(row * 30 + step) * 3 + level]!;
    for (let row = 0; row < 3; row++) {
      for (let step = 0; step < 24; step++) {
        const [low, middle, high] = [0, 1, 2].map((level) => at(row, step, level));
        const own5 = [low!, low!, middle!, (middle! + high!) / 2, high!];
        own5.forEach((value, level) => {
          expect(found[(row * 24 + step) * 5 + level]).toBeCloseTo(value, 4);
        });
      }
    }
  });

  it('wins where it is the best, and the model file gives its calibrated forecasts', async () => {
    const result = await trained([await candidateOn(dailySeries(1344))], [quantileMixtureEqual]);
    expect(result.table.find(({ model }) => model === NAME)?.loss).toBeLessThan(
      result.table.find(({ model }) => model === 'quantile-mixture')!.loss!,
    );
    expect(result.model.name).toContain(NAME);
    const loaded = await loadForecaster(result.onnx);
    expect(loaded.metadata.shape).toEqual(SHAPE);
    const series = dailySeries(1344);
    const history = new Float32Array(series.values.subarray(-336));
    const quantiles = await loaded.forecast(history, [result.trainedToSeconds]);
    expect(quantiles.length).toBe(24 * 5);
    quantiles.forEach((value, k) => {
      expect(value).toBeGreaterThanOrEqual(k % 5 === 0 ? 0 : quantiles[k - 1]!);
    });
  });

  it('may stand in one file with every model of ours, though it wants a newer operator set', async () => {
    const external = externalModel(NAME, { onnx, own: forecaster.metadata.shape }, SHAPE);
    const forecast = () => new Float64Array();
    for (const family of DEFAULT_FAMILIES.filter(({ name }) => name !== 'arima')) {
      // A line is for short series.
      const fit = family.fit(dailySeries(family.name === 'drift' ? 500 : 700), SHAPE);
      if (fit.kind !== 'fitted') throw new Error(`${family.name}: ${fit.reason}`);
      const both = exportModel(
        {
          ...{ name: 'both', shape: SHAPE, forecast },
          addTo: (graph, inputs, range) => {
            const both = [fit.model, external].map((raw) =>
              addRawRows(graph, inputs, { raw, range }),
            );
            return graph.op('Add', both);
          },
        },
        METADATA,
      );
      const quantiles = await (await loadForecaster(both)).forecast(batchOf(1, 336), [0]);
      expect(quantiles.every(Number.isFinite)).toBe(true);
    }
  });

  it('stands in the table with the reason when it does not compete', async () => {
    const result = await trained([{ name: NAME, reason: 'too slow' }], [quantileMixtureEqual]);
    expect(result.table.find(({ model }) => model === NAME)).toMatchObject({
      loss: null,
      reason: 'too slow',
      selected: false,
    });
  });
});

async function candidateOn(series: ReturnType<typeof dailySeries>): Promise<ExternalCandidate> {
  const rolled = await rollExternal(forecaster, gatherEvidence(series, SHAPE));
  return { name: NAME, onnx, own: forecaster.metadata.shape, rolled };
}

async function trained(
  external: readonly ExternalCandidate[],
  families: Parameters<typeof trainModel>[2]['families'] & object,
): Promise<TrainingResult & { kind: 'trained' }> {
  const options = { resource: 'cpu', unit: 'cores', origins: 6, families, external };
  const result = trainModel(dailySeries(1344), SHAPE, options);
  if (result.kind !== 'trained') throw new Error(result.reason);
  return result;
}

describe('rollExternal', () => {
  it.each([
    ['not finite', [1, NaN, 3]],
    ['negative', [-1, 2, 3]],
    ['below that of the level before', [2, 1, 3]],
  ])('refuses a forecast that is %s', async (fault, row) => {
    const forecast = async (_history: Float32Array, origins: readonly number[]) =>
      Float32Array.from({ length: origins.length * 90 }, (_, k) => row[k % 3]!);
    const broken = { metadata: forecaster.metadata, forecast };
    const evidence = gatherEvidence(dailySeries(400), SHAPE);
    await expect(rollExternal(broken, evidence)).rejects.toThrow(fault);
  });

  it('reads nothing at or after an origin', async () => {
    const [series, changed] = [dailySeries(1344), dailySeries(1344)];
    changed.values.fill(99, 1200);
    const [before, after] = await Promise.all(
      [series, changed].map((one) => rollExternal(forecaster, gatherEvidence(one, SHAPE))),
    );
    const { plan } = gatherEvidence(series, SHAPE);
    const width = plan.steps.length * SHAPE.levels.length;
    const origins = plan.origins.filter((origin) => origin <= 1200).length;
    expect(after!.subarray(0, origins * width)).toEqual(before!.subarray(0, origins * width));
  });
});

describe('shapeFault', () => {
  const own = { stepSeconds: 3600, context: 48, horizon: 30, levels: [0.5] };
  it.each([
    [{ ...SHAPE }, null],
    [{ ...SHAPE, stepSeconds: 300 }, 'its step is 3600 s, not 300 s'],
    [{ ...SHAPE, horizon: 31 }, 'it forecasts 30 steps, 31 are wanted'],
    [{ ...SHAPE, context: 40 }, 'it reads 48 past steps, models may read 40 here'],
  ])('of %o is %s', (wanted, fault) => {
    expect(shapeFault(own, wanted)).toBe(fault);
  });
});

describe('levelWeights', () => {
  it('keeps known levels, and quantiles that do not cross', () => {
    const levels = fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 })
      .map((list) => list.sort((a, b) => a - b).map((percent) => percent / 100));
    fc.assert(
      fc.property(levels, levels, (known, wanted) => {
        const weights = levelWeights(known, wanted);
        const values = known.map((level) => level * 10);
        const found = wanted.map((_, column) =>
          values.reduce((sum, value, k) => sum + value * weights[k * wanted.length + column]!, 0),
        );
        found.forEach((value, k) => {
          expect(value).toBeGreaterThanOrEqual((found[k - 1] ?? 0) - 1e-9);
          const clamped = Math.min(Math.max(wanted[k]!, known[0]!), known.at(-1)!);
          expect(value).toBeCloseTo(clamped * 10, 9);
        });
      }),
    );
  });
});
