import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { initialParameters } from '#models/network-training/parameter-layout.ts';
import type { Checkpoint } from '#models/network-training/train-network.ts';
import { startTraining, trainNetwork } from '#models/network-training/train-network.ts';
import { initialState, openTrainingSession } from '#models/network-training/training-session.ts';
import { hasOnnxruntime } from '#models/onnx/onnxruntime.ts';
import type { TrainedLstm } from './lstm-family.ts';
import { lstmLoss } from './lstm-loss.ts';
import type { LstmNetwork } from './lstm-network.ts';
import { lstmNetwork } from './lstm-network.ts';
import { lstmParameters } from './lstm-parameters.ts';
import type { PassRequest } from './lstm-pass.ts';
import type { LearningSeries, LearningWindow } from './lstm-windows.ts';
import { divideWindows, learnedSteps, toLstmBatch } from './lstm-windows.ts';
import { openSmallLstm, readWindows } from './small-lstm-session.ts';

export interface LstmTraining {
  readonly shape: ForecastShape;
  readonly hidden: number;
  /** Windows learned from in one epoch, over all series. */
  readonly windows: number;
  readonly epochs: number;
  readonly seed: number;
  /** A generator of uniform numbers from a seed. */
  readonly createRandom: (seed: number) => () => number;
  /** Goes on from here instead of from random weights. */
  readonly from?: Checkpoint;
  /** Told after every epoch; returning false stops the training. */
  readonly onEpoch?: (checkpoint: Checkpoint) => boolean;
}

export type LstmResult =
  | { readonly kind: 'trained'; readonly network: TrainedLstm; readonly checkpoint: Checkpoint }
  | { readonly kind: 'too-little-data'; readonly reason: string };

const VALIDATION_WINDOWS = 64;
const BATCH = 32;
const RATE = 0.01;
const CLIP_NORM = 1;
const PATIENCE = 5;

/**
 * Trains one network on windows of all series: the last fifth of each tells when to stop and is not
 * learned from. The same seed and series give the same weights.
 */
export async function trainLstm(
  series: readonly LearningSeries[],
  training: LstmTraining,
): Promise<LstmResult> {
  const { shape, hidden, epochs, seed, createRandom } = training;
  const { learning, validation } = divideWindows(series, {
    ...training,
    validationWindows: VALIDATION_WINDOWS,
  });
  if (learning.length === 0 || validation.length === 0) {
    const reason = `no series is longer than the context of ${shape.context} steps`;
    return { kind: 'too-little-data', reason };
  }
  if (!(await hasOnnxruntime())) {
    const reason = 'its training needs ONNX Runtime, which is not installed';
    return { kind: 'too-little-data', reason };
  }
  const steps = learnedSteps(shape.horizon);
  const network = lstmNetwork({ shape, hidden, batch: BATCH, steps });
  const { parameters } = network;
  const session = await openTrainingSession({
    loss: lstmLoss(network, shape.levels),
    parameters,
    batch: batchShapes(network, steps.length),
    clipNorm: CLIP_NORM,
  });
  const levels = shape.levels;
  const validate = lossOver(validation, { shape, hidden, steps });
  const specs = lstmParameters({ hidden, levels: levels.length });
  const start = (): Checkpoint => {
    const weights = initialParameters(specs, createRandom(seed));
    return startTraining(initialState(weights), validate);
  };
  const plan = {
    session,
    windows: learning.length,
    batchSize: BATCH,
    epochs,
    rate: RATE,
    patience: PATIENCE,
    seed,
    createRandom,
    batchOf: (chosen: Int32Array) => {
      const windows = Array.from(chosen, (index) => learning[index]);
      return toLstmBatch(windows, shape);
    },
    validate,
  };
  try {
    const checkpoint = await trainNetwork(plan, training.from ?? start(), training.onEpoch);
    return {
      kind: 'trained',
      network: { hidden, levels, parameters: checkpoint.best },
      checkpoint,
    };
  } finally {
    await session.release();
  }
}

/** Loss over fixed windows: forward alone, and written out, where a graph would be interpreted. */
function lossOver(windows: readonly LearningWindow[], request: PassRequest) {
  const { loss } = openSmallLstm(request, CLIP_NORM);
  const read = readWindows(windows, request);
  return (parameters: Float32Array): number => loss(parameters, read);
}

const batchShapes = ({ history }: LstmNetwork, steps: number) => ({
  history: history.shape,
  targets: [BATCH, steps],
  weights: [BATCH, steps],
  units: [BATCH, 1],
});
