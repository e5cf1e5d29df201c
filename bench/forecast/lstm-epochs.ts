import { createRandom } from '#core/domain/random.ts';
import {
  add,
  input,
  matMul,
  multiply,
  reduceSum,
  reshape,
  scalar,
  sigmoid,
  split,
  subtract,
  tanh,
  type Expression,
} from '#models/autodiff/expression.ts';
import {
  initialParameters,
  matrixSpec,
  type ParameterSpec,
} from '#models/network-training/parameter-layout.ts';
import { parameterVector, unpackParameters } from '#models/network-training/parameter-vector.ts';
import { initialState, openTrainingSession } from '#models/network-training/training-session.ts';
import { createStopwatch, type Epochs } from '../stopwatch.ts';

export interface LstmTask {
  readonly windows: number;
  readonly steps: number;
  readonly features: number;
  readonly hidden: number;
  readonly batch: number;
}

export interface LstmData {
  /** [windows × steps × features]. */
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
  readonly epochs: number;
}

/** Trains anew for so many epochs. */
export async function ourEpochs(
  task: LstmTask,
  { inputs, targets, epochs }: LstmData,
): Promise<Epochs> {
  const { windows, steps, features, batch } = task;
  const specs = parametersOf(task);
  const parameters = parameterVector(specs);
  const x = input('x', [batch, steps, features]);
  const y = input('y', [batch, 1]);
  const error = subtract(forward(x, unpackParameters(parameters, specs), task), y);
  const squares = multiply(reduceSum(multiply(error, error), [0, 1]), scalar(1 / batch));
  const shapes = { x: x.shape, y: y.shape };
  const session = await openTrainingSession({
    loss: squares,
    parameters,
    batch: shapes,
    clipNorm: 1e9,
  });
  let state = initialState(initialParameters(specs, createRandom(1)));
  const { time, ...watch } = createStopwatch();
  const runEpoch = async (): Promise<number> => {
    let sum = 0;
    for (let from = 0; from < windows; from += batch) {
      const part = (values: Float32Array, width: number) =>
        values.subarray(from * width, (from + batch) * width);
      const feeds = { x: part(inputs, steps * features), y: part(targets, 1) };
      const result = await session.step(state, feeds, 0.001);
      state = result.state;
      sum += result.loss;
    }
    return (sum * batch) / windows;
  };
  let loss = NaN;
  for (let epoch = 0; epoch < epochs; epoch++) loss = await time(runEpoch);
  await session.release();
  return { ...watch, loss };
}

const parametersOf = ({ features, hidden }: LstmTask): ParameterSpec[] => [
  matrixSpec('enter', features, 4 * hidden),
  matrixSpec('recurrent', hidden, 4 * hidden),
  { name: 'bias', shape: [4 * hidden], spread: 0 },
  matrixSpec('head', hidden, 1),
  { name: 'head_bias', shape: [1], spread: 0 },
];

function forward(
  x: Expression,
  weights: ReadonlyMap<string, Expression>,
  { hidden, steps, batch }: LstmTask,
): Expression {
  const entered = add(matMul(x, weights.get('enter')!), weights.get('bias')!);
  let state: Expression | null = null;
  let cell: Expression | null = null;
  for (const one of split(entered, 1, new Array<number>(steps).fill(1))) {
    const fresh = reshape(one, [batch, 4 * hidden]);
    const gates: Expression =
      state === null ? fresh : add(fresh, matMul(state, weights.get('recurrent')!));
    const [enter, keep, leave, candidate] = split(gates, 1, new Array<number>(4).fill(hidden));
    const more = multiply(sigmoid(enter!), tanh(candidate!));
    cell = cell === null ? more : add(multiply(sigmoid(keep!), cell), more);
    state = multiply(sigmoid(leave!), tanh(cell));
  }
  return add(matMul(state!, weights.get('head')!), weights.get('head_bias')!);
}
