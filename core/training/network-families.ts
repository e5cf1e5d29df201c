import { createRandom } from '#core/domain/random.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { trainSmallLstm } from '#models/families/lstm/train-small-lstm.ts';
import { learnedPart } from './learned-part.ts';
import { NETWORK_NAME } from './network-names.ts';
import type { TrainingJob } from './trainer.ts';

/** The network of an application: small, and trained for a fraction of a second. */
const OWN = { hidden: 4, windows: 32, epochs: 4 };

/**
 * The network that competes for an application: a small one that is trained on the application's
 * learned part. None where the job asks for none.
 */
export async function networkFamilies(
  job: Pick<TrainingJob, 'series' | 'shape' | 'ownNetwork'>,
): Promise<readonly ModelFamily[]> {
  const { series, ownNetwork } = job;
  const part = learnedPart(job);
  if (part === null || ownNetwork === undefined) return [];
  const learned = part.cut(series.values);
  // Windows need a context before them: a network reads any length, so it may learn with a shorter
  // one.
  const context = Math.min(part.shape.context, learned.filled.length >> 1);
  const shape = { ...part.shape, context };
  const training = { ...OWN, shape, seed: ownNetwork.seed, createRandom };
  const result = await trainSmallLstm(learned, training);
  return [
    result.kind === 'trained'
      ? lstmFamily(NETWORK_NAME, result.network)
      : unfittedNetwork(result.reason),
  ];
}

/** Stays in the table of candidates with its reason. */
export function unfittedNetwork(reason: string): ModelFamily {
  return {
    name: NETWORK_NAME,
    relativeCost: 20,
    fit: () => ({ kind: 'too-little-data', reason }),
  };
}
