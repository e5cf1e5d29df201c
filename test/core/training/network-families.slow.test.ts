import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { networkFamilies } from '#core/training/network-families.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import type { TrainingJob } from '#core/training/trainer.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';

const HOURS = 24 * 40;

function daily(seed: number, phase = 0): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: HOURS }, (_, k) => {
    return seed * (1.2 + Math.sin((2 * Math.PI * (k + phase)) / 24) + 0.1 * random());
  });
}

const jobOf = (values: Float64Array): TrainingJob => ({
  resource: 'cpu',
  unit: 'cores',
  series: { startSeconds: 0, stepSeconds: 3600, values },
  shape: { stepSeconds: 3600, context: 168, horizon: 24, levels: [0.1, 0.5, 0.9] },
  origins: 6,
  ownNetwork: { seed: 1 },
});

function forecastOf(family: ModelFamily, { series, shape }: TrainingJob): Float64Array {
  const fit = family.fit(series, shape);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  const out = new Float64Array(fit.model.rows * fit.model.columns);
  fit.model.forecastInto(series.values.slice(0, 168), 0, out);
  return out;
}

describe('networkFamilies', () => {
  it('learns from the first half alone: what is validated on cannot leak into it', async () => {
    const values = daily(3, 5);
    const changed = values.map((v, k) => (k < HOURS / 2 ? v : 9 * v));
    const earlier = values.map((v, k) => (k < HOURS / 2 ? v * (1 + (k % 7)) : v));
    const job = jobOf(values);
    const [one] = await networkFamilies(job);
    const [same] = await networkFamilies(jobOf(changed));
    const [other] = await networkFamilies(jobOf(earlier));
    expect(one!.name).toBe('lstm');
    expect(forecastOf(same!, job)).toEqual(forecastOf(one!, job));
    expect(forecastOf(other!, job)).not.toEqual(forecastOf(one!, job));
  });

  it('has none where none is wanted, or nothing was measured', async () => {
    const { series, shape } = jobOf(daily(3));
    expect(await networkFamilies({ series, shape })).toEqual([]);
    expect(await networkFamilies(jobOf(new Float64Array(HOURS).fill(NaN)))).toEqual([]);
  });

  it('lets it compete in the training of an application', async () => {
    const result = await trainInProcess({
      ...jobOf(daily(3, 5)),
      candidates: ['seasonal-naive-day', 'lstm'],
    });
    if (result.kind !== 'trained') throw new Error(result.reason);
    const scored = result.crossValidation.filter(({ loss }) => loss !== null);
    expect(scored.map(({ model }) => model)).toContain('lstm');
  });
});
