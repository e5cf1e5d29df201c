import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import { trainNetwork } from '#core/training/train-network.ts';
import type { TrainingJob } from '#core/training/trainer.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';

const HOURS = 24 * 40;

function daily(seed: number): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: HOURS }, (_, k) => {
    return seed * (1.2 + Math.sin((2 * Math.PI * k) / 24) + 0.1 * random());
  });
}
const MEMBERS = [daily(1), daily(50)];
const NETWORK = { epochs: 3, windows: 64, hidden: 6, seed: 1, members: MEMBERS };
const JOB: TrainingJob = {
  resource: 'cpu',
  unit: 'mean levels',
  series: { startSeconds: 0, stepSeconds: 3600, values: daily(1) },
  shape: { stepSeconds: 3600, context: 168, horizon: 24, levels: [0.1, 0.5, 0.9] },
  origins: 6,
  network: NETWORK,
};

/** So that the network has one to compete with. */
const FEW = { candidates: ['seasonal-naive-day', 'lstm'] };

const withoutNetwork = ({ resource, unit, series, shape, origins }: TrainingJob): TrainingJob => ({
  resource,
  unit,
  series,
  shape,
  origins,
});

async function forecastOf(job: TrainingJob): Promise<Float64Array> {
  const fit = lstmFamily('lstm', (await trainNetwork(job))!).fit(job.series, job.shape);
  if (fit.kind !== 'fitted') throw new Error(fit.reason);
  const out = new Float64Array(fit.model.rows * fit.model.columns);
  fit.model.forecastInto(job.series.values.slice(0, 168), 0, out);
  return out;
}

describe('trainNetwork', () => {
  it('learns from the first half alone: what is validated on cannot leak into it', async () => {
    const half = HOURS / 2;
    const members = MEMBERS.map((values) => values.map((v, k) => (k < half ? v : 9 * v)));
    const changed = { ...JOB, network: { ...NETWORK, members } };
    expect(await forecastOf(changed)).toEqual(await forecastOf(JOB));
  });

  it('learns from the members', async () => {
    const members = [MEMBERS[0]!.map((v, k) => (k % 2 === 0 ? v : 0))];
    const other = { ...JOB, network: { ...NETWORK, members } };
    expect(await forecastOf(other)).not.toEqual(await forecastOf(JOB));
  });

  it('is off without epochs, without a wish for it, and where the history is too short', async () => {
    const plain = withoutNetwork(JOB);
    const values = JOB.series.values.subarray(0, 100);
    const short = [values, values];
    expect(await trainNetwork(plain)).toBeNull();
    expect(await trainNetwork({ ...JOB, network: { ...NETWORK, epochs: 0 } })).toBeNull();
    const series = { ...JOB.series, values };
    const network = { ...NETWORK, members: short };
    const shape = { ...JOB.shape, context: 90 };
    expect(await trainNetwork({ ...JOB, series, shape, network })).toBeNull();
  });
});

describe('trainInProcess', () => {
  it('lets the network compete where a job wants one', async () => {
    const names = async (job: TrainingJob): Promise<string[]> => {
      const result = await trainInProcess({ ...job, ...FEW });
      if (result.kind !== 'trained') throw new Error(result.reason);
      return result.crossValidation.filter(({ loss }) => loss !== null).map(({ model }) => model);
    };
    expect(await names(JOB)).toContain('lstm');
    const plain = withoutNetwork(JOB);
    expect(await names(plain)).not.toContain('lstm');
  });
});
