import { describe, expect, it } from 'vitest';
import { trainApplication } from '#core/train/train-application.ts';
import { HOURLY, MONDAY } from '../hourly-fleet.ts';
import { DAY, portsWithHistory } from '../shop-ports.ts';

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
