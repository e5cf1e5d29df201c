import { describe, expect, it } from 'vitest';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { instantOf, localSeconds } from '#core/domain/local-time.ts';
import { createRandom } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { forecastApplication } from '#core/forecasting/forecast-footprint.ts';
import { quantileAt } from '#core/forecasting/quantile-at.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainApplication } from '#core/use-cases/train-application.ts';
import { expecting, inZone } from '#test/core/expectation/expected-of.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';
import { DAY } from '#test/core/shop-ports.ts';

const STEP = 900;
const HOUR = 3600;
const ZONE = 'America/New_York';

const SETTINGS: Settings = {
  ...inZone(DEFAULT_SETTINGS, ZONE),
  stepSeconds: STEP,
  resources: ['cpu'],
  training: { ...DEFAULT_SETTINGS.training, context: 1344, horizon: 100, origins: 4 },
};

const midnight = (day: string): number => instantOf(Date.parse(`${day}T00:00:00Z`) / 1000, ZONE);

/** Use by the clock of the zone, with a tenth of noise that no forecast can know. */
type Pattern = (local: number) => number;

interface Trial {
  readonly pattern: Pattern;
  readonly candidate: string;
  /** Applications that use the pattern: of one, noise alone makes days differ. */
  readonly applications: number;
}

/**
 * Mean absolute errors of the medians of the forecasts made at the beginning of days, as a share of
 * the use of the day.
 */
async function errorsOf(
  days: readonly string[],
  { pattern, candidate, applications }: Trial,
  settings: Settings,
): Promise<readonly number[]> {
  const ports = {
    ...memoryPorts(),
    trainer: (job: Parameters<typeof trainInProcess>[0]) =>
      trainInProcess({ ...job, candidates: [candidate] }),
  };
  const first = midnight(days[0]!) - 42 * DAY;
  const steps = (midnight(days.at(-1)!) + 2 * DAY - first) / STEP;
  const used = Array.from({ length: applications }, (_, k) => {
    const random = createRandom(k);
    return Float64Array.from({ length: steps }, (_value, step) => {
      return pattern(localSeconds(first + step * STEP, ZONE)) * (0.9 + 0.2 * random());
    });
  });
  for (const [k, values] of used.entries()) {
    const points = [...values].map((cpu, step) => ({
      timestampSeconds: first + step * STEP,
      footprint: { ...EMPTY_FOOTPRINT, cpu },
    }));
    await ports.history.append([{ applicationId: `shop-${k}`, applicationType: 'web', points }]);
  }
  // All of them behave alike, so one model serves them.
  await trainApplication(ports, 'shop-0', midnight(days[0]!), settings);
  const trained = (await ports.profiles.application('shop-0'))!;
  const errors: number[] = [];
  for (const day of days) {
    const nowSeconds = midnight(day);
    const from = (nowSeconds - first) / STEP;
    const nextDay = new Date(Date.parse(day) + DAY * 1000).toISOString().slice(0, 10);
    const until = (midnight(nextDay) - first) / STEP;
    let [missed, all] = [0, 0];
    for (const [k, values] of used.entries()) {
      const profile = { ...trained, applicationId: `shop-${k}` };
      const forecast = await forecastApplication(ports, { profile, nowSeconds }, settings);
      const { quantiles } = forecast!.byResource.cpu!;
      for (let step = from; step < until; step++) {
        missed += Math.abs(quantileAt(quantiles, step - from, 0.5) - values[step]!);
        all += values[step]!;
      }
    }
    errors.push(missed / all);
  }
  return errors;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const isWorking = (local: number): boolean => {
  const hour = (local % DAY) / HOUR;
  return hour >= 9 && hour < 17;
};

const OFFICE: Pattern = (local) => (isWorking(local) ? 5 : 0.5);

describe('DST: a 9-to-17 pattern in America/New_York', () => {
  it.each([
    ['spring', ['2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08', '2026-03-10']],
    ['autumn', ['2026-10-29', '2026-10-30', '2026-10-31', '2026-11-01', '2026-11-03']],
  ])('is forecast on the day of the change in %s as well as on others', async (_, days) => {
    const trial = { pattern: OFFICE, candidate: 'seasonal-naive-day', applications: 32 };
    const errors = await errorsOf(days, trial, SETTINGS);
    const others = mean(errors.filter((_error, k) => k !== 3));
    expect(errors[3]! / others).toBeLessThan(1.05);
    const ignorant = await errorsOf(days, { ...trial, applications: 1 }, inZone(SETTINGS, 'UTC'));
    expect(ignorant[3]! / others).toBeGreaterThan(1.5);
  });
});

describe('a holiday that is known beforehand', () => {
  const holiday = '2026-11-26';
  const after = '2026-11-27';
  const pattern: Pattern = (local) => {
    const weekday = (Math.floor(local / DAY) + 4) % 7;
    const isHoliday = new Date(local * 1000).toISOString().startsWith(holiday);
    const isRest = weekday === 0 || weekday === 6 || isHoliday;
    return OFFICE(local) * (isRest ? 0.2 : 1);
  };
  const entry = { name: 'Thanksgiving', days: [holiday], like: 'last sunday' };
  const days = [holiday, after];

  it.each(['seasonal-naive-week', 'seasonal-naive-day'])(
    'has at most half the error, and spoils no day after it, by %s',
    async (candidate) => {
      const trial = { pattern, candidate, applications: 2 };
      const [before, next] = await errorsOf(days, trial, SETTINGS);
      const [known, nextKnown] = await errorsOf(days, trial, expecting([entry], SETTINGS));
      expect(known!).toBeLessThan(before! / 2);
      expect(nextKnown!).toBeLessThan(next! * 1.05);
    },
  );

  it('is forecast as well as the day after it by a model that knows no hours of work', async () => {
    // Its median is the use at night at whatever hour, so most of the error is its own on every day,
    // and no factor halves that.
    const trial = { pattern, candidate: 'horizon-mixture', applications: 2 };
    const [before] = await errorsOf([holiday], trial, SETTINGS);
    const [known, nextKnown] = await errorsOf(days, trial, expecting([entry], SETTINGS));
    expect(nextKnown!).toBeGreaterThan(0.5);
    expect(known!).toBeLessThan(nextKnown! * 1.05);
    expect(known!).toBeLessThan(before!);
  });
});
