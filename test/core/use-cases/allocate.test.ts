import { describe, expect, it } from 'vitest';
import { allocate } from '#core/use-cases/allocate.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory, request, scalingTarget } from '#test/core/shop-ports.ts';

describe('allocate', () => {
  it('gives the defaults before training and the forecast after it, and logs both', async () => {
    const ports = { ...(await portsWithHistory(14)), target: scalingTarget() };
    const now = MONDAY + 14 * DAY;
    const { decision: first } = await allocate(ports, { ...request, nowSeconds: now }, HOURLY);
    expect(first.reason.source).toBe('default');
    await trainApplication(ports, 'shop', now, HOURLY);
    const later = { ...request, nowSeconds: now + 3600 };
    const { decision: second } = await allocate(ports, later, HOURLY);
    expect(second.reason).toMatchObject({ source: 'forecast', profileVersion: 1 });
    expect(second.reason.forecast.cpu).toBeGreaterThan(5);
    expect(second.reason.forecast.cpu).toBeLessThan(25);
    const log = await ports.profiles.allocationLog('shop', 10);
    expect(log.map(({ decidedAtSeconds }) => decidedAtSeconds)).toEqual([now + 3600, now]);
    expect(ports.target.wishes).toEqual([first.instances, second.instances]);
  });
});
