import { describe, expect, it } from 'vitest';
import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import type { HistoryStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile, ModelReference } from '#core/domain/profiles.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { borrowHistory } from '#core/forecasting/borrow-history.ts';
import { forecastFootprint } from '#core/forecasting/forecast-footprint.ts';
import { forecastOwnHours } from '#core/forecasting/forecast-own-hours.ts';

const STEP = 300;
const NOW = 1_700_000_100;
const SHAPE = { stepSeconds: STEP, context: 24, horizon: 6, levels: [0.1, 0.5, 0.9] };
const SETTINGS = {
  ...DEFAULT_SETTINGS,
  resources: ['cpu', 'memory'] as const,
  training: { ...DEFAULT_SETTINGS.training, ...SHAPE, context: 2016 },
};

const model = (sha256: string): ModelReference => ({
  model: 'exponential-smoothing',
  composition: [{ first: 1, last: SHAPE.horizon, members: ['exponential-smoothing'] }],
  file: `${sha256}.onnx`,
  sha256,
  shape: SHAPE,
  trainedFromSeconds: 0,
  trainedToSeconds: STEP,
  crossValidation: [],
  reliability: { relativeWidth: 0.3, loss: 0.1, coverage80: 0.8 },
});

const profile = (
  predictiveModel: ApplicationProfile['predictiveModel'] = {},
): ApplicationProfile => ({
  applicationId: 'shop',
  applicationType: null,
  clusterId: 'c1',
  historicalData: {},
  predictiveModel,
  divergenceStreak: 0,
  version: 1,
});

const cluster: ClusterProfile = {
  clusterId: 'c1',
  applications: ['a', 'b'],
  averageFootprint: {},
  medoid: 'a',
  predictiveModel: { cpu: model('shared') },
  meanLevel: { cpu: 20, memory: null, disk: null, network: null },
  version: 1,
};

/** Every model forecasts 2 everywhere; memory is never measured. */
const forecasters = { get: async () => ({ forecast: async () => new Float32Array(18).fill(2) }) };

async function measured(values: readonly number[]): Promise<HistoryStore> {
  const history = createMemoryHistoryStore();
  const first = Math.floor(NOW / STEP) * STEP - values.length * STEP;
  const points = values.map((cpu, k) => {
    const footprint = { cpu, memory: null, disk: null, network: null };
    return { timestampSeconds: first + k * STEP, footprint };
  });
  await history.append([{ applicationId: 'shop', applicationType: null, points }]);
  return history;
}

async function forecast(
  values: readonly number[],
  own = profile(),
  shared: ClusterProfile | null = cluster,
) {
  const ports = { history: await measured(values), forecasters };
  const request = { profile: own, cluster: shared, nowSeconds: NOW };
  return forecastFootprint(ports, request, SETTINGS);
}

const HOURS = Array.from({ length: 36 }, (_, k) => 1 + (k % 5));

describe('forecastFootprint', () => {
  it("uses the application's own hours until it has a model, with or without a cluster", async () => {
    for (const shared of [cluster, null]) {
      const result = (await forecast(HOURS, profile(), shared))!;
      expect(result.source).toBe('forecast');
      const { cpu, memory } = result.byResource;
      expect(memory).toBeUndefined();
      expect(cpu!.model).toBe('similar situations');
      expect(cpu!.quantiles.values).toEqual(forecastOwnHours(Float64Array.from(HOURS), SHAPE));
      // The values lie between 1 and 5 with a mean of 3.
      expect(cpu!.reliability.relativeWidth).toBeGreaterThan(0);
      expect(cpu!.reliability.relativeWidth).toBeLessThanOrEqual(4 / 3 + 0.1);
    }
  });

  it("uses the cluster's model while less than an hour was measured", async () => {
    const result = (await forecast(HOURS.slice(0, 11)))!;
    expect(result.source).toBe('cluster-forecast');
    expect(result.byResource.cpu!.model).toBe('smoothed level');
    const mean = HOURS.slice(0, 11).reduce((sum, value) => sum + value, 0) / 11;
    expect(result.byResource.cpu!.quantiles.values[0]).toBeCloseTo(2 * mean, 9);
  });

  it('gives no forecast for an application without measurements and cluster', async () => {
    expect(await forecast([], profile(), null)).toBeNull();
    expect(await forecast(HOURS.slice(0, 11), profile(), null)).toBeNull();
    expect((await forecast([]))!.byResource.cpu!.quantiles.values[0]).toBe(40);
  });

  it("uses the application's own model if there is one", async () => {
    const result = (await forecast(HOURS, profile({ cpu: model('own') })))!;
    expect(result.source).toBe('forecast');
    expect(result.byResource.cpu!.model).toBe('smoothed level');
    expect(result.byResource.cpu!.quantiles.values[0]).toBe(2);
  });
});

describe('forecastOwnHours', () => {
  it('never crosses, stays within the measured values, and fills gaps', () => {
    const values = Float64Array.from({ length: 60 }, (_, k) => (k % 7 === 3 ? NaN : 2 + (k % 4)));
    const quantiles = forecastOwnHours(values, { ...SHAPE, horizon: 300 })!;
    expect(quantiles).toHaveLength(900);
    quantiles.forEach((value, k) => {
      expect(value).toBeGreaterThanOrEqual(k % 3 === 0 ? 2 : quantiles[k - 1]!);
      expect(value).toBeLessThanOrEqual(5);
    });
  });

  it("forecasts nothing for an application that used nothing, as does the cluster's model", () => {
    const idle = new Float64Array(24);
    expect(forecastOwnHours(idle, SHAPE)!.every((value) => value === 0)).toBe(true);
    const when = { cluster, resource: 'cpu', originSeconds: NOW, stepSeconds: STEP } as const;
    const { history, scale } = borrowHistory(idle, when);
    expect(scale).toBe(0);
    expect(history.every(Number.isFinite)).toBe(true);
  });
});
