import { beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import type { MonitoringResult } from '#core/domain/incident.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { monitorApplication } from '#core/use-cases/monitor-application.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { seasonalNaiveDay } from '#models/families/naive/seasonal-naive.ts';
import { quantileMixtureEqual } from '#models/families/trailing-window/quantile-mixture.ts';
import { trainModel } from '#models/selection/train-model.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory } from '#test/core/shop-ports.ts';

const HOUR = 3600;
const CHANGE = MONDAY + 20 * DAY;

/** Two candidates, so that it is known which of them fails. */
const trainer: Trainer = async ({ series, shape, resource, unit, origins, penalties = {} }) => {
  const families = [seasonalNaiveDay, quantileMixtureEqual];
  const result = trainModel(series, shape, { resource, unit, origins, penalties, families });
  if (result.kind !== 'trained') return result;
  const { loss, coverage80, relativeWidth } = result;
  return {
    ...result,
    model: result.model.name,
    shape: result.model.shape,
    crossValidation: result.table,
    reliability: { loss, coverage80, relativeWidth },
  };
};

/**
 * From the change on every day is the opposite of the one before: what was the best forecast
 * becomes the worst.
 */
const turned = (hour: number): number => (Math.floor(hour / 24) % 2 === 0 ? 16 : 4);

async function shop() {
  const ports = { ...(await portsWithHistory(20)), trainer };
  const first = (await trainApplication(ports, 'shop', CHANGE, HOURLY)).trained.cpu!;
  const monitorHour = async (hour: number, cpu = turned(hour)): Promise<MonitoringResult> => {
    const timestampSeconds = CHANGE + hour * HOUR;
    const points = [{ timestampSeconds, footprint: { ...EMPTY_FOOTPRINT, cpu } }];
    await ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
    const nowSeconds = timestampSeconds + HOUR;
    const result = await monitorApplication(ports, { applicationId: 'shop', nowSeconds }, HOURLY);
    return result!;
  };
  return { ports, first, monitorHour };
}

describe('a model whose series changes its nature', () => {
  let all: Awaited<ReturnType<typeof shop>>;
  let failedAt = -1;
  const failed: number[] = [];
  beforeAll(async () => {
    all = await shop();
    for (let hour = 0; hour < 310 && failed.length === 0; hour++) {
      const { retrain, badForecasts } = await all.monitorHour(hour);
      if (retrain.length === 0) continue;
      expect(badForecasts).toEqual(['cpu']);
      failed.push(hour);
      failedAt = hour;
    }
  });

  it('is the best of its first validation', () => {
    expect(all.first.model).toBe('seasonal-naive-day');
    expect(all.first.penalties).toBeUndefined();
  });

  it('asks to be trained anew once a day of steps told so, and not with every step', async () => {
    expect(failedAt).toBeGreaterThanOrEqual(286);
    expect((await all.monitorHour(failedAt + 1)).retrain).toEqual([]);
    expect((await all.monitorHour(failedAt + 2)).badForecasts).toEqual(['cpu']);
  });

  it('loses its place in the training that follows, held to its live error', async () => {
    const nowSeconds = CHANGE + (failedAt + 3) * HOUR;
    const { trained } = await trainApplication(all.ports, 'shop', nowSeconds, HOURLY);
    const row = trained.cpu!.crossValidation.find(({ model }) => model === 'seasonal-naive-day')!;
    expect(row.penalty).toBeGreaterThan(1.5);
    expect(row.selected).toBe(false);
    expect(trained.cpu!.model).toBe('quantile-mixture');
    expect(trained.cpu!.penalties).toEqual([
      { model: 'seasonal-naive-day', factor: row.penalty, atSeconds: nowSeconds },
    ]);
  });

  it('leaves a successor that is judged by what it does itself, and a penalty that fades', async () => {
    expect((await all.monitorHour(failedAt + 3)).badForecasts).toEqual([]);
    const { detector } = (await all.ports.incidents.state('shop'))!;
    expect(detector.resources.cpu).toMatchObject({ modelled: 2 });
    expect(detector.resources.cpu!.failedAtSeconds).toBeUndefined();
    const before = (await all.ports.profiles.application('shop'))!.predictiveModel.cpu!;
    const week = CHANGE + (failedAt + 3) * HOUR + 7 * DAY;
    const { trained } = await trainApplication(all.ports, 'shop', week, HOURLY);
    const [old, faded] = [before, trained.cpu!].map(({ penalties }) => penalties![0]!.factor);
    expect(faded! - 1).toBeCloseTo((old! - 1) / 2, 6);
  });
});

describe('a model that keeps its guard', () => {
  it('is neither reported nor penalised', async () => {
    const { ports, monitorHour, first } = await shop();
    const day = (hour: number) => 10 + 6 * Math.sin((2 * Math.PI * hour) / 24);
    for (let hour = 0; hour < 300; hour++) {
      expect((await monitorHour(hour, day(hour))).retrain).toEqual([]);
    }
    const later = CHANGE + 300 * HOUR;
    const { trained } = await trainApplication(ports, 'shop', later, HOURLY);
    expect(first.model).toBe('seasonal-naive-day');
    expect(trained.cpu!.penalties).toBeUndefined();
  });
});
