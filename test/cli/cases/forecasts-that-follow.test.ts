import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#test/adapters/temporary-directory.ts';
import { runInProcess } from '#test/cli/run-in-process.ts';

/** Noise about zero within ±1, the same in every run. */
const noise = (k: number): number => Math.sin(12.9898 * k + 78.233 * (k % 17));

interface Series {
  readonly past: readonly number[];
  readonly ds: (k: number) => string;
  readonly horizon: number;
}

/** Medians of the forecasts, one per step. */
async function medians({ past, ds, horizon }: Series): Promise<readonly number[]> {
  const directory = await temporaryDirectory();
  const [path, out] = ['series.csv', 'forecast.csv'].map((name) => join(directory, name));
  const lines = past.map((value, k) => `a,${ds(k)},${value.toFixed(3)}`);
  await writeFile(path!, ['unique_id,ds,y', ...lines, ''].join('\n'));
  const levels = ['--levels', '0.1,0.5,0.9'];
  const wanted = ['--horizon', String(horizon), ...levels, '--out', out!, '--quiet'];
  const run = await runInProcess('forecast', path!, ...wanted);
  expect([run.status, run.stderr]).toEqual([0, '']);
  const [header, ...rows] = (await readFile(out!, 'utf8')).trimEnd().split('\n');
  const at = header!.split(',').findIndex((name) => /0\.5|50/.test(name));
  expect(at).toBeGreaterThan(0);
  return rows.map((row) => Number(row.split(',')[at]));
}

const error = (forecast: readonly number[], truth: (k: number) => number): number =>
  forecast.reduce((sum, value, k) => sum + Math.abs(value - truth(k)), 0) / forecast.length;

describe('no season in the step: steps that divide no day', () => {
  it('weekly values with a trend are forecast at least as well as by drift or last value', async () => {
    const value = (k: number): number => 100 + 0.5 * k + 0.3 * noise(k);
    const [count, horizon] = [104, 8];
    const past = Array.from({ length: count }, (_, k) => value(k));
    const ds = (k: number) => new Date(Date.UTC(2024, 0, 1 + 7 * k)).toISOString().slice(0, 10);
    const forecast = await medians({ past, ds, horizon });
    const truth = (k: number): number => 100 + 0.5 * (count + k);
    const last = past.at(-1)!;
    const slope = (last - past[0]!) / (count - 1);
    const steps = Array.from({ length: horizon }, (_, k) => k);
    const naive = steps.map(() => last);
    const drift = steps.map((k) => last + slope * (k + 1));
    const better = Math.min(error(naive, truth), error(drift, truth));
    expect(error(forecast, truth)).toBeLessThanOrEqual(better + 0.3);
  });
});

const everyFiveMinutes = (k: number): string =>
  new Date(Date.UTC(2026, 0, 5) + k * 300_000).toISOString();

/** Eight days with one percent of noise, so many times as much in the last steps. */
function shifted(level: (k: number) => number, factor: number, since: number): readonly number[] {
  const count = 8 * 288;
  return Array.from(
    { length: count },
    (_, k) => level(k) * (1 + 0.01 * noise(k)) * (k >= count - since ? factor : 1),
  );
}

describe('a level shift', () => {
  it.each([
    ['three times as much since 12 hours', 3, 144],
    ['three times as much since a day', 3, 288],
    ['half as much again since a day', 1.5, 288],
    ['a third since a day', 1 / 3, 288],
    ['nothing since a day', 0, 288],
  ])('%s stays there for the next day', async (_, factor, since) => {
    const past = shifted(() => 100, factor, since);
    const forecast = await medians({ past, ds: everyFiveMinutes, horizon: 288 });
    // The last value is off by the noise of one value, up to one percent.
    expect(error(forecast, () => 100 * factor)).toBeLessThanOrEqual(3 * 0.01 * 100 * factor);
  });

  it('three times as much since two days, with a season, stays there with its season', async () => {
    const daily = (k: number): number => 100 + 50 * Math.sin((2 * Math.PI * k) / 288);
    const past = shifted(daily, 3, 576);
    const forecast = await medians({ past, ds: everyFiveMinutes, horizon: 288 });
    const truth = (k: number): number => 3 * daily(past.length + k);
    const better = error(past.slice(-288), truth);
    expect(error(forecast, truth)).toBeLessThanOrEqual(3 * better);
  });
});
