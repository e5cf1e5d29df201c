import { describe, expect, it } from 'vitest';
import { allocate } from '#core/allocate/allocate.ts';
import type { FootprintWindow } from '#core/footprint.ts';
import { EMPTY_FOOTPRINT } from '#core/footprint.ts';
import { monitorApplication } from '#core/monitor/monitor-application.ts';
import type { ScalingTarget } from '#core/ports.ts';
import { trainApplication } from '#core/train/train-application.ts';
import { cpuWindow, dailyCpu, HOURLY, MONDAY } from '../hourly-fleet.ts';
import { memoryPorts } from '../memory-ports.ts';

const DAY = 86_400;

function pointsOf(window: FootprintWindow) {
  return [...window.values.cpu].map((cpu, hour) => ({
    timestampSeconds: MONDAY + hour * 3600,
    footprint: { ...EMPTY_FOOTPRINT, cpu },
  }));
}

async function portsWithHistory(days: number) {
  const ports = memoryPorts();
  const points = pointsOf(cpuWindow(dailyCpu(days)));
  await ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
  return ports;
}

function scalingTarget(): ScalingTarget & { readonly wishes: number[] } {
  const wishes: number[] = [];
  return {
    wishes,
    describe: async () => ({
      desiredInstances: 1,
      inServiceInstances: 1,
      pendingInstances: 0,
      limits: { minInstances: 1, maxInstances: 20 },
      instanceCapacity: { ...EMPTY_FOOTPRINT, cpu: 1 },
    }),
    setDesired: async (_id, instances) => {
      wishes.push(instances);
    },
  };
}

const request = { applicationId: 'shop', applicationType: null, requested: null };

describe('trainApplication', () => {
  it('stores a model that the profile points to and that sees nothing after the given time', async () => {
    const ports = await portsWithHistory(20);
    const outcome = await trainApplication(ports, 'shop', MONDAY + 14 * DAY, HOURLY);
    const reference = outcome.trained.cpu!;
    expect(reference.trainedToSeconds).toBe(MONDAY + 14 * DAY);
    expect((await ports.models.get(reference.sha256)).length).toBeGreaterThan(0);
    const profile = await ports.profiles.application('shop');
    expect(profile?.predictiveModel.cpu).toEqual(reference);
    expect(profile?.historicalData.cpu).toMatchObject({ points: 14 * 24, missing: 0 });

    const early = await portsWithHistory(14);
    const same = await trainApplication(early, 'shop', MONDAY + 14 * DAY, HOURLY);
    expect(same.trained.cpu!.sha256).toBe(reference.sha256);
  });

  it('says why an application has no model of its own yet', async () => {
    const ports = await portsWithHistory(1);
    const outcome = await trainApplication(ports, 'shop', MONDAY + DAY, HOURLY);
    expect(outcome.trained).toEqual({});
    expect(outcome.skipped.cpu).toBe('24.0 h measured, 48.0 h needed');
    expect((await trainApplication(ports, 'nobody', MONDAY, HOURLY)).skipped.cpu).toBe(
      'no history',
    );
  });
});

describe('allocate', () => {
  it('gives the defaults before training and the forecast after it, and logs both', async () => {
    const ports = { ...(await portsWithHistory(14)), target: scalingTarget() };
    const now = MONDAY + 14 * DAY;
    const first = await allocate(ports, { ...request, nowSeconds: now }, HOURLY);
    expect(first.reason.source).toBe('default');
    await trainApplication(ports, 'shop', now, HOURLY);
    const second = await allocate(ports, { ...request, nowSeconds: now + 3600 }, HOURLY);
    expect(second.reason).toMatchObject({ source: 'forecast', profileVersion: 1 });
    expect(second.reason.forecast.cpu).toBeGreaterThan(5);
    expect(second.reason.forecast.cpu).toBeLessThan(25);
    const log = await ports.profiles.allocationLog('shop', 10);
    expect(log.map(({ decidedAtSeconds }) => decidedAtSeconds)).toEqual([now + 3600, now]);
    expect(ports.target.wishes).toEqual([first.instances, second.instances]);
  });
});

describe('monitorApplication', () => {
  it('finds a breach, lets the next allocation hold it, and monitors every step once', async () => {
    const ports = { ...(await portsWithHistory(14)), target: scalingTarget() };
    const now = MONDAY + 14 * DAY;
    await trainApplication(ports, 'shop', now, HOURLY);
    await allocate(ports, { ...request, nowSeconds: now }, HOURLY);
    const surge = { timestampSeconds: now, footprint: { ...EMPTY_FOOTPRINT, cpu: 19 } };
    await ports.history.append([
      { applicationId: 'shop', applicationType: 'web', points: [surge] },
    ]);
    const at = { applicationId: 'shop', nowSeconds: now + 3600 };
    const result = await monitorApplication(ports, at, HOURLY);
    expect(result).toMatchObject({ atSeconds: now, status: 'over', correction: { cpu: 19 } });
    expect(await monitorApplication(ports, at, HOURLY)).toBeNull();
    const next = await allocate(ports, { ...request, nowSeconds: now + 3600 }, HOURLY);
    expect(next.allocated.cpu).toBeGreaterThanOrEqual(19);
    expect(next.reason.correction.cpu).toBeGreaterThan(0);
  });
});
