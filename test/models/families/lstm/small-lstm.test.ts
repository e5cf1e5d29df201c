import { describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { evaluate } from '#models/autodiff/evaluate.ts';
import { gradients } from '#models/autodiff/gradients.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { lstmLoss } from '#models/families/lstm/lstm-loss.ts';
import { lstmNetwork } from '#models/families/lstm/lstm-network.ts';
import { lstmParameters } from '#models/families/lstm/lstm-parameters.ts';
import { createLstmPass } from '#models/families/lstm/lstm-pass.ts';
import type { LearningSeries } from '#models/families/lstm/lstm-windows.ts';
import { learnedSteps, learningWindows, toLstmBatch } from '#models/families/lstm/lstm-windows.ts';
import { profileParameters } from '#models/families/lstm/profile-parameters.ts';
import { emptyWindow, windowReader } from '#models/families/lstm/read-window.ts';
import { openSmallLstm, readWindows } from '#models/families/lstm/small-lstm-session.ts';
import { trainSmallLstm } from '#models/families/lstm/train-small-lstm.ts';
import { initialParameters } from '#models/network-training/parameter-layout.ts';
import { initialState, openTrainingSession } from '#models/network-training/training-session.ts';

const LEVELS = [0.1, 0.5, 0.9];
const HIDDEN = 5;
const SHAPES: readonly ForecastShape[] = [
  { stepSeconds: 3600, context: 200, horizon: 30, levels: LEVELS },
  { stepSeconds: 3600, context: 72, horizon: 12, levels: LEVELS },
  { stepSeconds: 300, context: 90, horizon: 20, levels: LEVELS, seasons: [] },
  { stepSeconds: 300, context: 700, horizon: 300, levels: LEVELS },
];
const SIZE = { hidden: HIDDEN, levels: LEVELS.length };

function daily(length: number, seed = 1): LearningSeries {
  const random = createRandom(seed);
  const filled = Float64Array.from({ length }, (_, k) => {
    return 5 * (1.2 + Math.sin((2 * Math.PI * k) / 24) + 0.3 * random());
  });
  return { filled, actual: filled.map((v, k) => (k % 50 === 7 ? NaN : v)) };
}

/** Weights larger than training begins with, so that every gate and increment matters. */
const weightsOf = (seed: number): Float32Array =>
  initialParameters(lstmParameters(SIZE), createRandom(seed)).map((weight) => 2 * weight);

/** Every step of a short horizon, so that seasons repeat and knots are passed. */
const stepsOf = ({ horizon }: ForecastShape): number[] =>
  [1, 2, 3, 7, 12, horizon].filter((step) => step <= horizon);

/**
 * One batch of the series' windows as the network's expression takes it, and as the small session
 * does.
 */
function batchOf(shape: ForecastShape) {
  const series = daily(shape.context + 400);
  const range = { from: shape.context, to: shape.context + 100, most: 6 };
  const windows = learningWindows(series, shape, range);
  return { windows, batch: toLstmBatch(windows, shape) };
}

describe('createLstmPass', () => {
  it.each(SHAPES.map((shape, seed) => [seed, shape] as const))(
    'gives the quantiles and gradients of the expression, shape %d',
    (seed, shape) => {
      const steps = stepsOf(shape);
      const parameters = Float64Array.from(weightsOf(seed));
      const history = daily(shape.context, seed).filled;
      const network = lstmNetwork({ shape, hidden: HIDDEN, batch: 1, steps });
      const random = createRandom(seed);
      const targets = Float64Array.from(steps, () => 12 * random());
      const loss = lstmLoss(network, LEVELS);
      const [gradient] = gradients(loss, [network.parameters]);
      const ones = new Float64Array(steps.length).fill(1);
      const inputs = new Map([
        ['history', { data: history, shape: [1, shape.context] }],
        ['parameters', { data: parameters, shape: [parameters.length] }],
        ['targets', { data: targets, shape: [1, steps.length] }],
        ['weights', { data: ones, shape: [1, steps.length] }],
        ['units', { data: Float64Array.of(3), shape: [1, 1] }],
      ]);
      const [quantiles, slopes] = evaluate([network.quantiles, gradient!])(inputs);

      const pass = createLstmPass({ shape, hidden: HIDDEN, steps });
      const window = emptyWindow(shape, steps.length);
      windowReader(shape, steps)(history, history.length, window);
      const found = new Float64Array(steps.length * LEVELS.length);
      pass.forward(parameters, window, found);
      found.forEach((value, k) => expect(value * window.scale).toBeCloseTo(quantiles!.data[k]!, 9));
      const errors = found.map((value, k) => {
        const isAbove = targets[Math.floor(k / LEVELS.length)]! < value * window.scale;
        const weight = LEVELS[k % LEVELS.length]! - (isAbove ? 1 : 0);
        return ((-window.scale / 3) * weight * 2) / found.length;
      });
      const total = new Float64Array(parameters.length);
      pass.backward(parameters, errors, total);
      total.forEach((value, k) => expect(value).toBeCloseTo(slopes!.data[k]!, 9));
    },
  );
});

describe('openSmallLstm', () => {
  it('takes the steps that the training graph takes in ONNX Runtime', async () => {
    const shape = SHAPES[1]!;
    const { windows, batch } = batchOf(shape);
    const steps = learnedSteps(shape.horizon);
    const network = lstmNetwork({ shape, hidden: HIDDEN, batch: windows.length, steps });
    const count = { targets: steps.length, weights: steps.length, units: 1 };
    const session = await openTrainingSession({
      loss: lstmLoss(network, LEVELS),
      parameters: network.parameters,
      clipNorm: 0.05,
      batch: {
        history: [windows.length, shape.context],
        ...Object.fromEntries(
          Object.entries(count).map(([name, width]) => [name, [windows.length, width]]),
        ),
      },
    });
    const small = openSmallLstm({ shape, hidden: HIDDEN, steps }, 0.05);
    const read = readWindows(windows, { shape, hidden: HIDDEN, steps });
    let [one, other] = [initialState(weightsOf(2)), initialState(weightsOf(2))];
    expect(batch['targets']).toHaveLength(windows.length * steps.length);
    for (let k = 0; k < 3; k++) {
      const graph = await session.step(one, batch, 0.01);
      const direct = await small.step(other, read, 0.01);
      expect(direct.loss).toBeCloseTo(graph.loss, 5);
      [one, other] = [graph.state, direct.state];
    }
    other.parameters.forEach((value, k) => expect(value).toBeCloseTo(one.parameters[k]!, 3));
    await session.release();
  });
});

describe('profileParameters', () => {
  it('begins as about the mean of the profiles, the levels in order', () => {
    const shape = SHAPES[0]!;
    const history = daily(shape.context).filled.map((_, k) => 5 + Math.sin((2 * Math.PI * k) / 24));
    const begun = profileParameters(
      weightsOf(1).map((weight) => weight / 2),
      SIZE,
    );
    const pass = createLstmPass({ shape, hidden: HIDDEN, steps: [6] });
    const window = emptyWindow(shape, 1);
    windowReader(shape, [6])(history, history.length, window);
    const out = new Float64Array(LEVELS.length);
    pass.forward(Float64Array.from(begun), window, out);
    const sine = 5 + Math.sin((2 * Math.PI * (shape.context + 5)) / 24);
    expect(Math.abs((out[1]! * window.scale) / sine - 1)).toBeLessThan(0.35);
  });
});

describe('trainSmallLstm', () => {
  const shape = SHAPES[1]!;
  const training = { shape, hidden: HIDDEN, windows: 64, epochs: 6, seed: 3, createRandom };

  it('learns from a series, the same from the same seed', async () => {
    const [one, same] = [
      await trainSmallLstm(daily(900), training),
      await trainSmallLstm(daily(900), training),
    ];
    const start = await trainSmallLstm(daily(900), { ...training, epochs: 0 });
    if (one.kind !== 'trained' || start.kind !== 'trained') throw new Error('not trained');
    expect(same).toEqual(one);
    expect(one.checkpoint.bestLoss).toBeLessThan(0.8 * start.checkpoint.bestLoss);
  });

  it('says why it has no network for a series that is hardly longer than the context', async () => {
    expect(await trainSmallLstm(daily(75), training)).toMatchObject({ kind: 'too-little-data' });
  });
});
