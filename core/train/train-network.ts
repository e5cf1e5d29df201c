import { fillGaps } from '#models/fill-gaps.ts';
import type { ModelFamily } from '#models/forecast-model.ts';
import { lstmFamily } from '#models/lstm/lstm-family.ts';
import { trainLstm } from '#models/lstm/train-lstm.ts';
import { seasonSteps } from '#models/season-steps.ts';
import { createRandom } from '#core/random.ts';
import type { TrainingJob } from './trainer.ts';

/** The network's name among the candidates. */
const NAME = 'lstm';

/**
 * Trains the network that competes for a job, on the members' values of the first half alone: from the second half on
 * candidates are compared, so nothing of it may be learned from.
 * @returns null if the job wants no network or its members are too short for one.
 */
export async function trainNetwork(job: TrainingJob): Promise<ModelFamily | null> {
  const { network, series, shape } = job;
  if (network === undefined || network.epochs === 0) return null;
  const first = series.values.findIndex((value) => !Number.isNaN(value));
  const last = series.values.findLastIndex((value) => !Number.isNaN(value));
  if (first === -1) return null;
  const steps = last + 1 - first;
  const end = first + Math.floor(steps / 2);
  const [season = 0] = seasonSteps(shape);
  const members = network.members.map((values) => {
    const actual = values.subarray(first, end);
    return { actual, filled: fillGaps(actual, season) };
  });
  const { hidden, windows, epochs, seed } = network;
  // The context that cross-validation will use, or what the network learned would not be what it is asked.
  const wanted = { ...shape, context: Math.min(shape.context, steps >> 1) };
  const training = { shape: wanted, hidden, windows, epochs, seed, createRandom };
  const result = await trainLstm(members, training);
  return result.kind === 'trained' ? lstmFamily(NAME, result.network) : null;
}
