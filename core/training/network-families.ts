import { createRandom } from '#core/domain/random.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { trainLstm } from '#models/families/lstm/train-lstm.ts';
import { trainSmallLstm } from '#models/families/lstm/train-small-lstm.ts';
import { learnedPart, type LearnedPart } from './learned-part.ts';
import { NETWORK_NAME, TUNED_NAME } from './network-names.ts';
import type { OwnNetworkJob, TrainingJob } from './trainer.ts';

/** Windows that an epoch of tuning learns from: four steps of the optimiser. */
const TUNING_WINDOWS = 128;

/** The network of an application alone: small, and trained for a fraction of a second. */
const OWN = { hidden: 4, windows: 32, epochs: 4 };

/**
 * The network that competes for an application. Of a cluster that has one: tuned by a few epochs on
 * the application's own learned part where that made it better at the part's end, which is not
 * learned from; else the cluster's as it is. Not both: they differ little, and two of them in an
 * average make a model file of more than 200 kB. Without a cluster's: a small one that is trained
 * on the application's learned part. None where the job asks for neither.
 */
export async function networkFamilies(
  job: Pick<TrainingJob, 'series' | 'shape' | 'offered' | 'ownNetwork'>,
): Promise<readonly ModelFamily[]> {
  const { offered, ownNetwork } = job;
  const part = learnedPart(job);
  if (part === null) return [];
  if (offered === undefined) return ownNetwork ? [await smallNetwork(part, job, ownNetwork)] : [];
  if (offered.learnedToSeconds > part.toSeconds) {
    return [unfittedNetwork("the cluster's network has learned from what it would be judged on")];
  }
  const whole = [lstmFamily(NETWORK_NAME, offered.network)];
  const { network, tuneEpochs: epochs, seed } = offered;
  const { hidden, levels, parameters: tuned } = network;
  if (epochs === 0 || String(levels) !== String(job.shape.levels)) return whole;
  const { shape } = part;
  const training = { shape, hidden, windows: TUNING_WINDOWS, epochs, seed, createRandom, tuned };
  const result = await trainLstm([part.cut(job.series.values)], training);
  const isBetter = result.kind === 'trained' && result.checkpoint.bestEpoch > 0;
  return isBetter ? [lstmFamily(TUNED_NAME, result.network)] : whole;
}

async function smallNetwork(
  { shape, cut }: LearnedPart,
  { series }: Pick<TrainingJob, 'series'>,
  { seed }: OwnNetworkJob,
): Promise<ModelFamily> {
  const learned = cut(series.values);
  // Windows need a context before them: a network reads any length, so it may learn with a shorter
  // one.
  const context = Math.min(shape.context, learned.filled.length >> 1);
  const training = { ...OWN, shape: { ...shape, context }, seed, createRandom };
  const result = await trainSmallLstm(learned, training);
  return result.kind === 'trained'
    ? lstmFamily(NETWORK_NAME, result.network)
    : unfittedNetwork(result.reason);
}

/** Stays in the table of candidates with its reason. */
export function unfittedNetwork(reason: string): ModelFamily {
  return {
    name: NETWORK_NAME,
    relativeCost: 20,
    fit: () => ({ kind: 'too-little-data', reason }),
  };
}
