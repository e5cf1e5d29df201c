import { describe, expect, it } from 'vitest';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { allocate } from '#core/use-cases/allocate.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { DAY, request, scalingTarget } from '#test/core/shop-ports.ts';

const STEP = 900;
const HOUR = 3600;
const WARM_UP = 2 * STEP;

const settingsIn = (timeZone: string): Settings => ({
  ...DEFAULT_SETTINGS,
  stepSeconds: STEP,
  resources: ['cpu'],
  training: { ...DEFAULT_SETTINGS.training, context: 672, horizon: 96, origins: 4 },
  allocation: { ...DEFAULT_SETTINGS.allocation, warmUpSeconds: WARM_UP },
  detection: { ...DEFAULT_SETTINGS.detection, timeZone },
});

/** Five cores from nine to seven by the clock of the zone, otherwise a half. */
function officeHours(atSeconds: number, timeZone: string): number {
  const hour = (localSeconds(atSeconds, timeZone) % DAY) / HOUR;
  return hour >= 9 && hour < 19 ? 4.8 : 0.5 + 0.05 * Math.sin(atSeconds);
}

/** Unix seconds of an hour by the clock of a zone. */
function localInstant(day: string, hour: number, timeZone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`) / 1000 + hour * HOUR;
  return wanted - (localSeconds(wanted, timeZone) - wanted);
}

/** Instances one warm-up before an hour of a day, by what was trained and measured until then. */
async function instancesBefore(day: string, hour: number, timeZone: string): Promise<number> {
  const nowSeconds = localInstant(day, hour, timeZone) - WARM_UP;
  const steps = (21 * DAY) / STEP;
  const points = Array.from({ length: steps }, (_, k) => {
    const timestampSeconds = nowSeconds - (steps - k) * STEP;
    const cpu = officeHours(timestampSeconds, timeZone);
    return { timestampSeconds, footprint: { ...EMPTY_FOOTPRINT, cpu } };
  });
  const ports = {
    ...memoryPorts(),
    target: scalingTarget(),
    // One family that follows the time of day keeps the test quick.
    trainer: (job: Parameters<typeof trainInProcess>[0]) =>
      trainInProcess({ ...job, candidates: ['seasonal-naive-day'] }),
  };
  await ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
  const settings = settingsIn(timeZone);
  await trainApplication(ports, 'shop', nowSeconds, settings);
  const { decision } = await allocate(ports, { ...request, nowSeconds }, settings);
  expect(decision.reason.source).toBe('forecast');
  return decision.instances;
}

const CHANGES = [
  {
    timeZone: 'Europe/Berlin',
    change: 'spring',
    days: ['2026-03-28', '2026-03-29', '2026-03-30', '2026-03-31', '2026-04-01', '2026-04-05'],
  },
  {
    timeZone: 'Europe/Berlin',
    change: 'autumn',
    days: ['2026-10-25', '2026-10-26', '2026-10-28', '2026-11-01'],
  },
  { timeZone: 'America/New_York', change: 'spring', days: ['2026-03-08', '2026-03-10'] },
  { timeZone: 'Australia/Lord_Howe', change: 'autumn', days: ['2026-04-05', '2026-04-07'] },
];

describe('DST: office hours after a change of the clock', () => {
  for (const { timeZone, change, days } of CHANGES) {
    it.each(days)(
      `are allocated for by the clock of ${timeZone} in ${change} on %s`,
      async (day) => {
        expect(await instancesBefore(day, 9, timeZone)).toBe(5);
        expect(await instancesBefore(day, 8, timeZone)).toBe(1);
      },
    );
  }
});
