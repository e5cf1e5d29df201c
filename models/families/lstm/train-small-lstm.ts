import { initialParameters } from '#models/network-training/parameter-layout.ts';
import { startTraining, trainNetwork } from '#models/network-training/train-network.ts';
import { initialState } from '#models/network-training/training-session.ts';
import { lstmParameters } from './lstm-parameters.ts';
import type { LearningSeries } from './lstm-windows.ts';
import { divideWindows, learnedSteps } from './lstm-windows.ts';
import { profileParameters } from './profile-parameters.ts';
import { openSmallLstm, readWindows } from './small-lstm-session.ts';
import type { LstmResult, LstmTraining } from './train-lstm.ts';

const BATCH = 16;
const RATE = 0.01;
const CLIP_NORM = 1;
const PATIENCE = 2;
const VALIDATION_WINDOWS = 16;

/**
 * Trains a small network on one application's own series. It begins as a mean of the seasonal
 * profiles, as a few epochs are too few to find them.
 */
export async function trainSmallLstm(
  series: LearningSeries,
  { shape, hidden, windows, epochs, seed, createRandom }: Omit<LstmTraining, 'from'>,
): Promise<LstmResult> {
  const { learning, validation } = divideWindows([series], {
    shape,
    windows,
    validationWindows: VALIDATION_WINDOWS,
  });
  if (learning.length === 0 || validation.length === 0) {
    const reason = `the learned part is no longer than the context of ${shape.context} steps`;
    return { kind: 'too-little-data', reason };
  }
  const { levels } = shape;
  const request = { shape, hidden, steps: learnedSteps(shape.horizon) };
  const session = openSmallLstm(request, CLIP_NORM);
  const [learned, checked] = [readWindows(learning, request), readWindows(validation, request)];
  const size = { hidden, levels: levels.length };
  const weights = initialParameters(lstmParameters(size), createRandom(seed));
  const validate = (parameters: Float32Array): number => session.loss(parameters, checked);
  const plan = {
    session,
    windows: learned.length,
    batchSize: BATCH,
    epochs,
    rate: RATE,
    patience: PATIENCE,
    seed,
    createRandom,
    batchOf: (chosen: Int32Array) => Array.from(chosen, (index) => learned[index]),
    validate,
  };
  const start = startTraining(initialState(profileParameters(weights, size)), validate);
  const checkpoint = await trainNetwork(plan, start);
  return { kind: 'trained', network: { hidden, levels, parameters: checkpoint.best }, checkpoint };
}
