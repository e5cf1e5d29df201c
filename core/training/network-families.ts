import { createRandom } from '#core/domain/random.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { trainLstm } from '#models/families/lstm/train-lstm.ts';
import { learnedPart } from './learned-part.ts';
import { NETWORK_NAME, TUNED_NAME } from './network-names.ts';
import type { TrainingJob } from './trainer.ts';

/** Windows that an epoch of tuning learns from: four steps of the optimiser. */
const TUNING_WINDOWS = 128;

/**
 * The network that competes for an application of a cluster that has one: tuned by a few epochs on the application's own learned
 * part where that made it better at the part's end, which is not learned from; else the cluster's as it is. Not both: they
 * differ little, and two of them in an average make a model file of more than 200 kB. None where the job offers none.
 */
export async function networkFamilies(job: TrainingJob): Promise<readonly ModelFamily[]> {
  const { offered } = job;
  const part = learnedPart(job);
  if (offered === undefined || part === null) return [];
  if (offered.learnedToSeconds > part.toSeconds) return [tooLate(NETWORK_NAME)];
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

/** Stays in the table of candidates with its reason. */
function tooLate(name: string): ModelFamily {
  const reason = "the cluster's network has learned from what it would be judged on";
  return { name, relativeCost: 20, fit: () => ({ kind: 'too-little-data', reason }) };
}
