import type { Batch, TrainingSession, TrainingState } from './training-session.ts';

export interface TrainingPlan<B = Batch> {
  readonly session: TrainingSession<B>;
  /** Number of windows to learn from. */
  readonly windows: number;
  readonly batchSize: number;
  /** Epochs in all, those before a checkpoint included. */
  readonly epochs: number;
  /** Step size at the start; it falls to nothing along half a cosine (Loshchilov and Hutter, ICLR 2017). */
  readonly rate: number;
  /** Epochs without a better validation loss after which training stops. */
  readonly patience: number;
  readonly seed: number;
  /** Values of the batch's inputs for the given windows. */
  readonly batchOf: (windows: Int32Array) => B;
  /** Loss of parameters on windows that are not learned from; smaller is better. */
  readonly validate: (parameters: Float32Array) => number;
  /** A generator of uniform numbers from a seed. */
  readonly createRandom: (seed: number) => () => number;
}

/** Where a training stands after an epoch; going on from it gives what an uninterrupted training would have given. */
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
 * Trains epoch by epoch until the epochs are over or `patience` of them brought nothing (early stopping); `best` of the
 * result are the parameters with the smallest validation loss.
 * @param onEpoch is told the checkpoint after each epoch; returning false stops the training.
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
    // Each epoch has an order of its own that depends on nothing before it: a checkpoint needs no generator's state.
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

/** Fewer windows than a batch holds are repeated: the graph's batch has a fixed size. */
function batchWindows(order: Int32Array, batch: number, size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, k) => order[(batch * size + k) % order.length]!);
}

/** Fisher and Yates' shuffle. */
function shuffled(count: number, random: () => number): Int32Array {
  const order = Int32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return order;
}
