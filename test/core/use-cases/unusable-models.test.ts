import { describe, expect, it } from 'vitest';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';
import { OWN_HOURS_MODEL } from '#core/forecasting/forecast-own-hours.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { monitorApplication } from '#core/use-cases/monitor-application.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory, request, scalingTarget } from '#test/core/shop-ports.ts';

const HOUR = 3600;
const NOW = MONDAY + 14 * DAY;

/** A trained shop whose model files answer as told from now on. */
async function trainedShop(days = 14, get: (sha256: string) => Promise<Answering> = missing) {
  const ports = { ...(await portsWithHistory(days)), target: scalingTarget() };
  const { forecasters } = ports;
  await trainApplication(ports, 'shop', NOW, HOURLY);
  return { ...ports, working: forecasters, forecasters: { get } };
}

type Answering = Pick<Forecaster, 'forecast'>;

const missing = async (sha256: string): Promise<Answering> => {
  throw new Error(`model file ${sha256.slice(0, 4)}.onnx does not exist`);
};

const answering = (value: number) => async (): Promise<Answering> => ({
  forecast: async () => new Float32Array(10_000).fill(value),
});

const at = (nowSeconds: number) => ({ ...request, nowSeconds });

/** The shop's profile, which no longer has its own hours, and the cluster that it is put into. */
async function intoCluster(ports: Awaited<ReturnType<typeof trainedShop>>): Promise<void> {
  const stored: ApplicationProfile | null = await ports.profiles.application('shop');
  const own = stored!.predictiveModel.cpu!;
  await ports.profiles.putApplication({ ...stored!, clusterId: 'c1' });
  const cluster: ClusterProfile = {
    clusterId: 'c1',
    applications: ['shop'],
    averageFootprint: {},
    medoid: 'shop',
    predictiveModel: { cpu: { ...own, sha256: 'shared' } },
    meanLevel: { cpu: 10, memory: null, disk: null, network: null },
    version: 1,
  };
  await ports.profiles.putClusters([cluster]);
}

describe('a model that cannot be used leaves no application without decisions', () => {
  it("forecasts from the application's own hours, and says why", async () => {
    const ports = await trainedShop();
    const { decision } = await allocate(ports, at(NOW), HOURLY);
    expect(decision.reason.source).toBe('forecast');
    expect(decision.reason.model.cpu).toBe(OWN_HOURS_MODEL);
    expect(decision.reason.forecast.cpu).toBeGreaterThan(5);
    const { modelFaults = [], summary } = decision.reason;
    expect(modelFaults.map(({ resource, of }) => [resource, of])).toContainEqual([
      'cpu',
      'application',
    ]);
    expect(summary).toMatch(
      /model of cpu cannot be used and was replaced: model file .* not exist/,
    );
  });

  it.each([
    ['not a number', NaN],
    ['far beyond anything measured', 5.8e30],
  ])('takes no answer that is %s', async (_, value) => {
    const ports = await trainedShop(14, answering(value));
    const { decision } = await allocate(ports, at(NOW), HOURLY);
    expect(decision.reason.model.cpu).toBe(OWN_HOURS_MODEL);
    expect(decision.reason.forecast.cpu).toBeLessThan(100);
    expect(decision.reason.modelFaults?.[0]?.reason).toMatch(/not finite|at most .* is possible/);
  });

  it('borrows the model of the cluster where too few hours were measured lately', async () => {
    const shared = await trainedShop();
    const get = async (sha256: string): Promise<Answering> =>
      sha256 === 'shared'
        ? { forecast: async () => new Float32Array(10_000).fill(1) }
        : missing(sha256);
    const ports = { ...shared, forecasters: { get } };
    await intoCluster(ports);
    // A year later nothing of the history is within reach.
    const { decision } = await allocate(ports, at(NOW + 365 * DAY), HOURLY);
    expect(decision.reason.source).toBe('cluster-forecast');
    expect(decision.reason.forecast.cpu).toBeCloseTo(10, 0);
  });

  it('holds what was used last where no other forecast can be had', async () => {
    const ports = await trainedShop();
    await intoCluster(ports);
    const later = NOW + 365 * DAY;
    const footprint = { cpu: 7, memory: null, disk: null, network: null };
    await ports.history.append([
      {
        applicationId: 'shop',
        applicationType: 'web',
        points: [{ timestampSeconds: later - HOUR, footprint }],
      },
    ]);
    const { decision } = await allocate(ports, at(later), HOURLY);
    expect(decision.reason.model.cpu).toBe('last use');
    expect(decision.reason.forecast.cpu).toBe(7);
    expect(decision.reason.modelFaults?.map(({ of }) => of)).toEqual(['application', 'cluster']);
  });

  it('asks for a training at once, and once', async () => {
    const ports = await trainedShop();
    const monitorAt = (nowSeconds: number) =>
      monitorApplication(ports, { applicationId: 'shop', nowSeconds }, HOURLY);
    const footprint = { cpu: 7, memory: null, disk: null, network: null };
    const asked: (readonly string[])[] = [];
    for (let hour = 0; hour < 6; hour++) {
      await allocate(ports, at(NOW + hour * HOUR), HOURLY);
      const points = [{ timestampSeconds: NOW + hour * HOUR, footprint }];
      await ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
      const result = await monitorAt(NOW + (hour + 1) * HOUR);
      asked.push(result!.unusable ?? []);
      if (hour === 0) expect(result!.retrain).toContain('cpu');
    }
    expect(asked.filter((resources) => resources.includes('cpu'))).toHaveLength(1);

    const retrained = await trainApplication(ports, 'shop', NOW + 6 * HOUR, HOURLY);
    expect(retrained.trained.cpu).toBeDefined();
    const { decision } = await allocate(
      { ...ports, forecasters: ports.working },
      at(NOW + 6 * HOUR),
      HOURLY,
    );
    expect(decision.reason.modelFaults).toBeUndefined();
  });
});
