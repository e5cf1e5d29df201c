import { describe, expect, it } from 'vitest';
import { allocate } from '#core/allocate/allocate.ts';
import { EMPTY_FOOTPRINT } from '#core/footprint.ts';
import { monitorApplication } from '#core/monitor/monitor-application.ts';
import { trainApplication } from '#core/train/train-application.ts';
import { HOURLY, MONDAY } from '../hourly-fleet.ts';
import { DAY, portsWithHistory, request, scalingTarget } from '../shop-ports.ts';

const HOUR = 3600;
const NOW = MONDAY + 14 * DAY;

async function trainedShop() {
  const ports = { ...(await portsWithHistory(14)), target: scalingTarget() };
  await trainApplication(ports, 'shop', NOW, HOURLY);
  const measure = (atSeconds: number, cpu: number) =>
    ports.history.append([
      {
        applicationId: 'shop',
        applicationType: 'web',
        points: [{ timestampSeconds: atSeconds, footprint: { ...EMPTY_FOOTPRINT, cpu } }],
      },
    ]);
  const monitorAt = (nowSeconds: number) =>
    monitorApplication(ports, { applicationId: 'shop', nowSeconds }, HOURLY);
  return { ports, measure, monitorAt };
}

describe('monitorApplication', () => {
  it('finds a breach, lets the next allocation hold it, and monitors every step once', async () => {
    const { ports, measure, monitorAt } = await trainedShop();
    await allocate(ports, { ...request, nowSeconds: NOW }, HOURLY);
    await measure(NOW, 19);
    const result = await monitorAt(NOW + HOUR);
    expect(result).toMatchObject({ atSeconds: NOW, status: 'over', correction: { cpu: 19 / 0.7 } });
    expect(await monitorAt(NOW + HOUR)).toBeNull();
    const next = await allocate(ports, { ...request, nowSeconds: NOW + HOUR }, HOURLY);
    expect(next.allocated.cpu).toBeGreaterThanOrEqual(19);
    expect(next.reason.correction.cpu).toBeGreaterThan(0);
  });

  it('compares a step with what was in force when it began, not with what was decided later', async () => {
    const { ports, monitorAt } = await trainedShop();
    await allocate(ports, { ...request, nowSeconds: NOW }, HOURLY);
    expect(await monitorAt(NOW)).toMatchObject({ atSeconds: NOW - HOUR, status: 'no-allocation' });
  });

  it('forecasts again what to expect when the decision in force is an older one', async () => {
    const { ports, measure, monitorAt } = await trainedShop();
    await allocate(ports, { ...request, nowSeconds: NOW }, HOURLY);
    for (let hour = 0; hour < 6; hour++) {
      await measure(NOW + hour * HOUR, 60);
      await monitorAt(NOW + (hour + 1) * HOUR);
    }
    const opened = ports.alerts.filter(({ kind }) => kind === 'incident-opened');
    expect(opened.length).toBe(1);
    expect(opened[0]).toMatchObject({ incident: { resource: 'cpu', direction: 'above' } });
  });

  it('has nothing to say while nothing new was measured', async () => {
    const { monitorAt } = await trainedShop();
    expect(await monitorAt(NOW + 20 * DAY)).toBeNull();
  });
});
