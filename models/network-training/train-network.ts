import type { Batch, TrainingSession, TrainingState } from './training-session.ts';

export interface TrainingPlan<B = Batch> {
  readonly session: TrainingSession<B>;
  /** Number of windows for training. */
  readonly windows: number;
  readonly batchSize: number;
  /** Total number of epochs, including those before a checkpoint. */
  readonly epochs: number;
  /** Initial step size. It falls to zero along half a cosine (Loshchilov and Hutter, ICLR 2017). */
  readonly rate: number;
  /** Training stops after this number of epochs without a smaller validation loss. */
  readonly patience: number;
  readonly seed: number;
  /** Inputs of the batch for the given windows. */
  readonly batchOf: (windows: Int32Array) => B;
  /**
   * Validation loss of the parameters, on windows that are not used for training; smaller is
   * better.
   */
  readonly validate: (parameters: Float32Array) => number;
  /** Creates a generator of uniform numbers from a seed. */
  readonly createRandom: (seed: number) => () => number;
}

/**
 * State of a training after an epoch. Continuing from it gives the same result as an uninterrupted
 * training.
 */
export interface Checkpoint {
  readonly state: TrainingState;
  readonly epoch: number;
  readonly best: Float32Array;
  readonly bestLoss: number;
  readonly bestEpoch: number;
}

/** The checkpoint before the first epoch. */
export function startTraining(
  state: TrainingState,
  validate: TrainingPlan['validate'],
): Checkpoint {
  const best = state.parameters;
  return { state, epoch: 0, best, bestLoss: validate(best), bestEpoch: 0 };
}

/**
 * Trains until all epochs are done, or until `patience` of them brought no improvement (early
 * stopping). `best` of the result are the parameters with the smallest validation loss.
 * @param onEpoch receives the checkpoint after each epoch. Returning false stops the training.
 */
export async function trainNetwork<B>(
  plan: TrainingPlan<B>,
  from: Checkpoint,
  onEpoch: (checkpoint: Checkpoint) => boolean = () => true,
): Promise<Checkpoint> {
  let checkpoint = from;
  const batches = Math.max(1, Math.floor(plan.windows / plan.batchSize));
  const steps = plan.epochs * batches;
  while (checkpoint.epoch < plan.epochs && !isStale(checkpoint, plan.patience)) {
    let { state } = checkpoint;
    // The order of an epoch depends only on the seed and the epoch, so a checkpoint needs no state
    // of a generator.
    const order = shuffled(plan.windows, plan.createRandom(plan.seed + checkpoint.epoch));
    for (let b = 0; b < batches; b++) {
      const rate = (plan.rate * (1 + Math.cos((Math.PI * state.steps) / steps))) / 2;
      const windows = batchWindows(order, b, plan.batchSize);
      ({ state } = await plan.session.step(state, plan.batchOf(windows), rate));
    }
    checkpoint = afterEpoch(checkpoint, state, plan.validate(state.parameters));
    if (!onEpoch(checkpoint)) break;
  }
  return checkpoint;
}

const isStale = ({ epoch, bestEpoch }: Checkpoint, patience: number): boolean =>
  epoch - bestEpoch >= patience;

function afterEpoch(before: Checkpoint, state: TrainingState, loss: number): Checkpoint {
  const epoch = before.epoch + 1;
  return loss < before.bestLoss
    ? { state, epoch, best: state.parameters, bestLoss: loss, bestEpoch: epoch }
    : { ...before, state, epoch };
}

/**
 * If there are fewer windows than a batch holds, they are repeated, because the batch has a fixed
 * size.
 */
function batchWindows(order: Int32Array, batch: number, size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, k) => order[(batch * size + k) % order.length]);
}

/** Shuffle of Fisher and Yates. */
function shuffled(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
