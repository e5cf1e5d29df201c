/**
 * `npm run bench:lstm-speed -- [FOLDER] [--write]`: seconds per epoch of one LSTM on one core – 1,024 windows of
 * 48 steps and four features, hidden size 32, batches of 64, mean squared error, Adam – trained by
 * our graph in ONNX Runtime, and by TensorFlow.js (WASM) where FOLDER has it: `npm i
 * @tensorflow/tfjs-core @tensorflow/tfjs-layers
 * @tensorflow/tfjs-backend-wasm @tensorflow/tfjs-backend-cpu` there. It is no dependency of the
 * project.
 */
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { createRandom } from '#core/domain/random.ts';
import { createStopwatch, type Epochs } from '../stopwatch.ts';
import { benchArguments, renewTable } from '../write-table.ts';
import { ourEpochs } from './lstm-epochs.ts';

const WINDOWS = 1024;
const STEPS = 48;
const FEATURES = 4;
const HIDDEN = 32;
const BATCH = 64;
const EPOCHS = 5;

const random = createRandom(1);
const inputs = Float32Array.from({ length: WINDOWS * STEPS * FEATURES }, () => random() - 0.5);
/** What there is to learn: the mean of the first feature over the last steps. */
const targets = Float32Array.from({ length: WINDOWS }, (_, window) => {
  let sum = 0;
  for (let step = STEPS - 8; step < STEPS; step++) {
    sum += inputs[(window * STEPS + step) * FEATURES]!;
  }
  return sum / 8;
});
const task = { windows: WINDOWS, steps: STEPS, features: FEATURES, hidden: HIDDEN, batch: BATCH };

/** The few calls of TensorFlow.js that are made; the package is not installed here. */
interface Tensorflow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(values: Float32Array, shape: number[]): unknown;
  sequential(): Network;
  layers: Record<'lstm' | 'dense', (options: object) => unknown>;
}
interface Network {
  add(layer: unknown): void;
  compile(options: object): void;
  fit(x: unknown, y: unknown, options: object): Promise<{ history: { loss: number[] } }>;
}

async function tensorflowEpochs(folder: string): Promise<Epochs> {
  const load = createRequire(join(resolve(folder), 'package.json'));
  const wasm = load('@tensorflow/tfjs-backend-wasm') as {
    setWasmPaths(path: string): void;
    setThreadsCount(count: number): void;
  };
  wasm.setWasmPaths(`${dirname(load.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  wasm.setThreadsCount(1);
  // The plain backend serves what WASM lacks, as in every use of it.
  load('@tensorflow/tfjs-backend-cpu');
  load('@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops');
  const tf = {
    ...(load('@tensorflow/tfjs-core') as Tensorflow),
    ...(load('@tensorflow/tfjs-layers') as Tensorflow),
  };
  await tf.setBackend('wasm');
  await tf.ready();
  const network = tf.sequential();
  network.add(
    tf.layers.lstm({
      units: HIDDEN,
      inputShape: [STEPS, FEATURES],
      recurrentInitializer: 'glorotUniform',
    }),
  );
  network.add(tf.layers.dense({ units: 1 }));
  network.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  const [x, y] = [tf.tensor(inputs, [WINDOWS, STEPS, FEATURES]), tf.tensor(targets, [WINDOWS, 1])];
  const epochs = createStopwatch();
  let loss = NaN;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const { history } = await epochs.time(() =>
      network.fit(x, y, { epochs: 1, batchSize: BATCH, verbose: 0 }),
    );
    loss = history.loss[0]!;
  }
  return { ...epochs, loss };
}

function print(name: string, { milliseconds, cpuMilliseconds, loss }: Epochs) {
  const [clock, cpu] = [milliseconds, cpuMilliseconds].map((all) => Math.min(...all));
  console.log(
    `${name}: ${clock!.toFixed(0)} ms per epoch, ${cpu!.toFixed(0)} ms of CPU (best of ${EPOCHS}), last loss ${loss.toFixed(5)}`,
  );
  return { clock: clock!, cpu: cpu!, loss };
}

const ours = print(
  'foreprint, ONNX Runtime',
  await ourEpochs(task, { inputs, targets, epochs: EPOCHS }),
);
const [folder] = benchArguments;
if (folder === undefined) console.log('TensorFlow.js: no folder given that has it');
else {
  const theirs = print('TensorFlow.js, WASM', await tensorflowEpochs(folder));
  const ratios = (['clock', 'cpu'] as const).map((time) => (theirs[time] / ours[time]).toFixed(1));
  console.log(`ratio: ${ratios[0]} by the clock, ${ratios[1]} of CPU`);
  const row = (trained: string, { clock, cpu, loss }: typeof ours) => {
    const [clockTime, cpuTime] = [clock, cpu].map((time) => `${time.toFixed(0)} ms`);
    return { 'trained by': trained, clock: clockTime, CPU: cpuTime, 'last loss': loss.toFixed(5) };
  };
  await renewTable('speed', 'lstm-speed', [
    row('ONNX Runtime', ours),
    row('TensorFlow.js WASM', theirs),
    { 'trained by': 'ratio', clock: ratios[0], CPU: ratios[1], 'last loss': '' },
  ]);
}
