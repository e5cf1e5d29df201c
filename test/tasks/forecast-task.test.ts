import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import type { ForecastJob } from '#tasks/forecast-job.ts';
import { forecastTask } from '#tasks/forecast-task.ts';

const LEVELS = [0.1, 0.5, 0.9];

function jobOf(values: Float64Array, origins: readonly number[]): ForecastJob {
  return {
    series: { startSeconds: Date.UTC(2026, 0, 5) / 1000, stepSeconds: 3600, values },
    origins,
    horizon: 12,
    context: 168,
    levels: LEVELS,
    trainedLevels: [...new Set([...DEFAULT_SETTINGS.training.levels, ...LEVELS])].sort(
      (a, b) => a - b,
    ),
    seasons: [24],
    groups: 4,
  };
}

const wave = (length: number, level: number) =>
  Float64Array.from(
    { length },
    (_, k) => level + 5 * Math.sin((2 * Math.PI * k) / 24) + Math.sin(k * k),
  );

it('sees nothing at or after an origin', async () => {
  const values = wave(400, 20);
  const changed = values.map((value, k) => (k < 376 ? value : 1e6));
  const before = await forecastTask(jobOf(values, [364, 376]));
  const after = await forecastTask(jobOf(changed, [364, 376]));
  expect(after).toEqual(before);
  const earlier = values.map((value, k) => (k < 364 ? value : 1e6));
  expect((await forecastTask(jobOf(earlier, [364, 376]))).quantiles[0]).toEqual(
    before.quantiles[0],
  );
});

it('forecasts a series below zero as it forecasts the same series above', async () => {
  const { quantiles } = await forecastTask(jobOf(wave(400, -50), [400]));
  const middle = quantiles[0]!.filter((_, k) => k % LEVELS.length === 1);
  const actual = wave(412, -50).subarray(400);
  middle.forEach((value, k) => expect(Math.abs(value - actual[k]!)).toBeLessThan(2.5));
});

it('continues a history that is too short to train on, and says why', async () => {
  const values = Float64Array.from([1, NaN, 2, 3, 4, 5]);
  const { model, reason, quantiles } = await forecastTask(jobOf(values, [6]));
  expect(model).toBe('drift');
  expect(reason).toContain('5 measured values');
  // The line goes on; before, the median of all values was repeated.
  const middle = quantiles[0]!.filter((_, k) => k % LEVELS.length === 1);
  expect(middle[0]).toBeCloseTo(5.8, 1);
  expect(middle[1]).toBeGreaterThan(middle[0]!);
});

it('has nothing to say of a series of which nothing was measured', async () => {
  const { quantiles } = await forecastTask(jobOf(new Float64Array(5).fill(NaN), [5]));
  expect(quantiles[0]!.every(Number.isNaN)).toBe(true);
});
