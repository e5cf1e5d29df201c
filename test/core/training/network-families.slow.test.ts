import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { networkFamilies } from '#core/training/network-families.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainNetwork } from '#core/training/train-network.ts';
import type { LearnedNetwork, OfferedNetwork, TrainingJob } from '#core/training/trainer.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';

const HOURS = 24 * 40;
const HALF = (HOURS / 2) * 3600;

function daily(seed: number, phase = 0): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: HOURS }, (_, k) => {
    return seed * (1.2 + Math.sin((2 * Math.PI * (k + phase)) / 24) + 0.1 * random());
  });
}

const jobOf = (values: Float64Array, offered?: OfferedNetwork): TrainingJob => ({
  resource: 'cpu',
  unit: 'cores',
  series: { startSeconds: 0, stepSeconds: 3600, values },
  shape: { stepSeconds: 3600, context: 168, horizon: 24, levels: [0.1, 0.5, 0.9] },
  origins: 6,
  ...(offered && { offered }),
});

let learned: LearnedNetwork;
beforeAll(async () => {
  const members = [daily(1), daily(50)];
  const network = { epochs: 3, windows: 64, hidden: 6, seed: 1, members };
  learned = (await trainNetwork({ ...jobOf(daily(1)), network }))!;
});
const offer = (changes: Partial<OfferedNetwork> = {}): OfferedNetwork => {
  return { ...learned, tuneEpochs: 2, seed: 1, ...changes };
};

function forecastOf(family: ModelFamily, { series, shape }: TrainingJob): Float64Array {
  const fit = family.fit(series, shape);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  const out = new Float64Array(fit.model.rows * fit.model.columns);
  fit.model.forecastInto(series.values.slice(0, 168), 0, out);
  return out;
}

describe('networkFamilies', () => {
  it("offers the cluster's network as the application's own use has changed it", async () => {
    const job = jobOf(daily(3, 5), offer());
    const [tuned] = await networkFamilies(job);
    expect(tuned!.name).toBe('lstm-tuned');
    const [whole] = await networkFamilies(jobOf(daily(3, 5), offer({ tuneEpochs: 0 })));
    expect(whole!.name).toBe('lstm');
    expect(forecastOf(tuned!, job)).not.toEqual(forecastOf(whole!, job));
  });

  it("offers the cluster's network as it is where tuning makes it worse", async () => {
    // The network knows the day well; what it would be tuned to is noise, and then the day is back.
    const usual = daily(1);
    const network = { epochs: 15, windows: 128, hidden: 6, seed: 1, members: [usual] };
    const known = (await trainNetwork({ ...jobOf(usual), network }))!;
    const random = createRandom(9);
    const values = usual.map((v, k) => (k < 0.4 * HOURS ? 8 * random() ** 4 : v));
    const [family] = await networkFamilies(jobOf(values, offer(known)));
    expect(family!.name).toBe('lstm');
  });

  it('tunes on the first half alone: what is validated on cannot leak into it', async () => {
    const values = daily(3, 5);
    const changed = values.map((v, k) => (k < HOURS / 2 ? v : 9 * v));
    const [job, other] = [jobOf(values, offer()), jobOf(changed, offer())];
    const [one, same] = [await networkFamilies(job), await networkFamilies(other)];
    expect(one[0]!.name).toBe('lstm-tuned');
    expect(forecastOf(same[0]!, job)).toEqual(forecastOf(one[0]!, job));
  });

  it('offers no network that has learned from what it would be judged on, and says so', async () => {
    const job = jobOf(daily(3), offer({ learnedToSeconds: HALF + 3600 }));
    const [family] = await networkFamilies(job);
    expect(family!.fit(job.series, job.shape)).toMatchObject({
      kind: 'too-little-data',
      reason: "the cluster's network has learned from what it would be judged on",
    });
  });

  it('has none where none is offered', async () => {
    expect(await networkFamilies(jobOf(daily(3)))).toEqual([]);
  });

  it('lets it compete in the training of an application', async () => {
    const result = await trainInProcess(jobOf(daily(3, 5), offer()));
    if (result.kind !== 'trained') throw new Error(result.reason);
    const scored = result.crossValidation.filter(({ loss }) => loss !== null);
    const names = scored.map(({ model }) => model);
    expect(names).toContain('lstm-tuned');
    // Networks of applications stay with them.
    expect(result.network).toBeUndefined();
  });
});
