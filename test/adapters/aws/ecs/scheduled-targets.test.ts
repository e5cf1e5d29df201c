import { describe, expect, it } from 'vitest';
import { scheduledTargets } from '#adapters/aws/ecs/scheduled-targets.ts';
import { ScheduleError } from '#adapters/aws/ecs/target-schedule.ts';
import { emulateEcs } from '#test/emulators/emulate-ecs.ts';

const ID = 'service/shop/web';
const at = (text: string) => Date.parse(text) / 1000;
/** A Tuesday. */
const NOW = at('2026-11-24T08:30:00Z');

async function claimOf(action: object, nowSeconds = NOW) {
  const { call, services } = emulateEcs();
  const scheduled = [
    {
      CreationTime: at('2026-11-01T00:00:00Z'),
      ScalableTargetAction: { MinCapacity: 8 },
      ...action,
    },
  ];
  services.set(ID, {
    ...{ limits: { min: 2, max: 9 }, desired: 2, tags: new Map(), tasks: [], scheduled },
  });
  return (await scheduledTargets(call, nowSeconds, ID)).get(ID);
}

const past = (text: string) => [{ minimum: 8, atSeconds: at(text) }];

describe('the newest run of an owner’s scheduled action', () => {
  it.each([
    ['cron(0 9 * * ? *)', 'UTC', '2026-11-23T09:00:00Z'],
    ['cron(30 8 * * ? *)', 'UTC', '2026-11-24T08:30:00Z'],
    // Sunday is 1: the working days are 2 to 6.
    ['cron(0 18 ? * 2-6 *)', 'UTC', '2026-11-23T18:00:00Z'],
    ['cron(0 18 ? * MON-FRI *)', 'UTC', '2026-11-23T18:00:00Z'],
    ['cron(0 6 ? * 1 *)', 'UTC', '2026-11-22T06:00:00Z'],
    ['cron(0 9 * * ? *)', 'Asia/Tokyo', '2026-11-24T00:00:00Z'],
    ['cron(0 0 1 11 ? 2026)', 'UTC', '2026-11-01T00:00:00Z'],
    ['rate(7 days)', null, '2026-11-22T00:00:00Z'],
    ['at(2026-11-20T07:00:00)', null, '2026-11-20T07:00:00Z'],
    ['at(2026-11-20T07:00:00)', 'America/New_York', '2026-11-20T12:00:00Z'],
  ])('of %s in %s is at %s', async (Schedule, Timezone, expected) => {
    expect(await claimOf({ Schedule, Timezone })).toMatchObject({ past: past(expected) });
  });

  it.each<object>([
    { Schedule: 'at(2026-11-25T07:00:00)' },
    { Schedule: 'cron(0 9 * * ? *)', StartTime: at('2026-11-24T00:00:00Z') },
    { Schedule: 'rate(1 day)', CreationTime: NOW + 60 },
  ])('is none for %j, which begins later', async (action) => {
    expect(await claimOf(action)).toMatchObject({ past: [] });
  });

  it('is the last one before its end', async () => {
    const action = { Schedule: 'cron(0 9 * * ? *)', EndTime: '2026-11-20T12:00:00Z' };
    expect(await claimOf(action)).toMatchObject({ past: past('2026-11-20T09:00:00Z') });
  });

  it('does not matter if it sets no minimum', async () => {
    const action = { Schedule: 'cron(0 9 * * ? *)', ScalableTargetAction: { MaxCapacity: 9 } };
    expect(await claimOf(action)).toBeUndefined();
  });
});

describe('an action that is due', () => {
  it('is remembered for twenty minutes before, since it is forgotten when it has run', async () => {
    const Schedule = 'at(2026-11-24T08:45:00)';
    const due = { minimum: 8, atSeconds: at('2026-11-24T08:45:00Z') };
    expect(await claimOf({ Schedule })).toMatchObject({ due });
    expect(await claimOf({ Schedule }, NOW - 3600)).toMatchObject({ due: null });
  });
});

it.each(['cron(0 99 * * ? *)', 'cron()', 'rate(1 fortnight)'])(
  'a schedule that cannot be read, %s, is refused by its name',
  async (Schedule) => {
    await expect(claimOf({ Schedule, ScheduledActionName: 'morning' })).rejects.toThrow(
      ScheduleError,
    );
    await expect(claimOf({ Schedule, ScheduledActionName: 'morning' })).rejects.toThrow('morning');
  },
);

it('a schedule that cannot be read does not stop other services', async () => {
  const { call, services } = emulateEcs();
  const serviceWith = (Schedule: string) => ({
    ...{ limits: { min: 2, max: 9 }, desired: 2, tags: new Map<string, string>(), tasks: [] },
    scheduled: [{ Schedule, ScalableTargetAction: { MinCapacity: 8 } }],
  });
  services.set('service/shop/odd', serviceWith('rate(1 fortnight)'));
  services.set(ID, serviceWith('cron(0 9 * * ? *)'));
  expect([...(await scheduledTargets(call, NOW)).keys()]).toEqual([ID]);
});
