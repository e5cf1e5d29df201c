import { createRandom } from '#core/domain/random.ts';
import type { TrainedLstm } from '#models/families/lstm/lstm-family.ts';
import { trainLstm } from '#models/families/lstm/train-lstm.ts';
import { learnedPart } from './learned-part.ts';
import type { TrainingJob } from './trainer.ts';

/**
 * Trains the network that competes for a job on what its members did in the learned part alone.
 * @returns null if the job wants no network or its members are too short for one.
 */
export async function trainNetwork(job: TrainingJob): Promise<TrainedLstm | null> {
  const { network } = job;
  if (network === undefined || network.epochs === 0) return null;
  const part = learnedPart(job);
  if (part === null) return null;
  const { hidden, windows, epochs, seed } = network;
  const training = { shape: part.shape, hidden, windows, epochs, seed, createRandom };
  const result = await trainLstm(network.members.map(part.cut), training);
  return result.kind === 'trained' ? result.network : null;
}
