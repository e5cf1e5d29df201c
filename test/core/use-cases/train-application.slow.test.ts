import { describe, expect, it } from 'vitest';
import type { Trainer } from '#core/training/trainer.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { DAY, portsWithHistory } from '#test/core/shop-ports.ts';

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

  it('lets only the winners compete again until a week has passed', async () => {
    const ports = await portsWithHistory(30);
    const first = await trainApplication(ports, 'shop', MONDAY + 14 * DAY, HOURLY);
    const names = first.trained.cpu!.crossValidation.map(({ model }) => model);
    const asked: (readonly string[] | undefined)[] = [];
    const trainer: Trainer = (job) => {
      asked.push(job.candidates);
      return ports.trainer(job);
    };
    const again = await trainApplication({ ...ports, trainer }, 'shop', MONDAY + 15 * DAY, HOURLY);
    const reference = again.trained.cpu!;
    expect(asked[0]).toEqual(first.trained.cpu!.model.split(/[&+]/));
    expect(reference.competedAtSeconds).toBe(MONDAY + 14 * DAY);
    expect(reference.trainedToSeconds).toBe(MONDAY + 15 * DAY);
    expect(reference.crossValidation.map(({ model }) => model).toSorted()).toEqual(
      names.toSorted(),
    );
    expect(reference.crossValidation.filter(({ selected }) => selected)).toHaveLength(1);

    asked.length = 0;
    await trainApplication({ ...ports, trainer }, 'shop', MONDAY + 21 * DAY, HOURLY);
    expect(asked[0]).toBeUndefined();
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
