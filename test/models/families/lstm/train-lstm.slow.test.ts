import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { evaluate } from '#models/autodiff/evaluate.ts';
import { gradients } from '#models/autodiff/gradients.ts';
import type { Values } from '#models/autodiff/tensor-shape.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { lstmLoss } from '#models/families/lstm/lstm-loss.ts';
import { lstmNetwork } from '#models/families/lstm/lstm-network.ts';
import { lstmParameters } from '#models/families/lstm/lstm-parameters.ts';
import type { LearningSeries } from '#models/families/lstm/lstm-windows.ts';
import { learnedSteps, learningWindows, toLstmBatch } from '#models/families/lstm/lstm-windows.ts';
import type { LstmTraining } from '#models/families/lstm/train-lstm.ts';
import { trainLstm } from '#models/families/lstm/train-lstm.ts';
import { initialParameters } from '#models/network-training/parameter-layout.ts';
import type { Checkpoint } from '#models/network-training/train-network.ts';

const SHAPE: ForecastShape = {
  stepSeconds: 3600,
  context: 72,
  horizon: 12,
  levels: [0.1, 0.5, 0.9],
};
const TRAINING: LstmTraining = {
  shape: SHAPE,
  hidden: 6,
  windows: 128,
  epochs: 6,
  seed: 5,
  createRandom,
};

function daily(seed: number, level: number): LearningSeries {
  const random = createRandom(seed);
  const filled = Float64Array.from({ length: 500 }, (_, k) => {
    return level * (1.2 + Math.sin((2 * Math.PI * k) / 24) + 0.2 * random());
  });
  return { filled, actual: filled.map((v, k) => (k % 50 === 7 ? NaN : v)) };
}
const SERIES = [daily(1, 1), daily(2, 1000)];

async function trained(changes: Partial<LstmTraining> = {}): Promise<Checkpoint> {
  const result = await trainLstm(SERIES, { ...TRAINING, ...changes });
  if (result.kind !== 'trained') throw new Error(result.reason);
  return result.checkpoint;
}

describe('trainLstm', () => {
  let whole: Checkpoint;
  beforeAll(async () => {
    whole = await trained();
  });

  it('learns: the validation loss falls to less than half', async () => {
    const losses: number[] = [];
    const note = ({ bestLoss }: Checkpoint) => losses.push(bestLoss) > 0;
    const checkpoint = await trained({ epochs: 40, onEpoch: note });
    expect(checkpoint.bestLoss).toBeLessThan(0.5 * (await trained({ epochs: 0 })).bestLoss);
    expect(losses.length).toBeGreaterThan(1);
  });

  it('gives the same weights from the same seed, others from another', async () => {
    expect((await trained()).best).toEqual(whole.best);
    expect((await trained({ seed: 6 })).best).not.toEqual(whole.best);
  });

  it('goes on from a checkpoint to the very weights of an uninterrupted training', async () => {
    const half = await trained({ onEpoch: ({ epoch }) => epoch < 3 });
    expect(half.epoch).toBe(3);
    const resumed = await trained({ from: structuredClone(half) });
    expect(resumed).toEqual(whole);
  });

  it('never looks at validation windows while it learns', async () => {
    const cut = 400;
    const changed = SERIES.map(({ filled, actual }) => ({
      filled: filled.map((v, k) => (k < cut ? v : 7 * v)),
      actual: actual.map((v, k) => (k < cut ? v : 7 * v)),
    }));
    const result = await trainLstm(changed, TRAINING);
    if (result.kind !== 'trained') throw new Error(result.reason);
    expect(result.checkpoint.state.parameters).toEqual(whole.state.parameters);
  });

  it('says so when the series are too short', async () => {
    const short = { filled: new Float64Array(50), actual: new Float64Array(50) };
    expect(await trainLstm([short], TRAINING)).toMatchObject({ kind: 'too-little-data' });
  });
});

describe('lstmLoss', () => {
  it('has the gradient that finite differences find, through all steps of time', () => {
    const steps = learnedSteps(SHAPE.horizon);
    const windows = learningWindows(SERIES[0]!, SHAPE, { from: 0, to: 480, most: 3 });
    const batch = windows.length;
    const network = lstmNetwork({ shape: SHAPE, hidden: 4, batch, steps });
    const loss = lstmLoss(network, SHAPE.levels);
    const data = Float64Array.from(
      initialParameters(lstmParameters({ hidden: 4, levels: 3 }), createRandom(2)),
    );
    const given = Object.entries(toLstmBatch(windows, SHAPE)).map(([name, values]) => {
      const numbers = Float64Array.from(values);
      return [name, { data: numbers, shape: [batch, numbers.length / batch] }] as const;
    });
    const at = (parameters: Float64Array) =>
      new Map<string, Values>([
        ...given,
        ['parameters', { data: parameters, shape: [parameters.length] }],
      ]);
    const value = evaluate([loss]);
    const [slope] = evaluate(gradients(loss, [network.parameters]))(at(data));
    for (let k = 0; k < data.length; k += 13) {
      const moved = (by: number) =>
        value(at(data.map((w, i) => (i === k ? w + by : w))))[0]!.data[0]!;
      const expected = (moved(1e-5) - moved(-1e-5)) / 2e-5;
      expect(Math.abs(slope!.data[k]! - expected)).toBeLessThan(1e-6 + 1e-3 * Math.abs(expected));
    }
  });
});
