import { createRandom } from '#core/domain/random.ts';
import { input } from '#models/autodiff/expression.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import { COMPONENT_COUNT } from '#models/families/pool/component-layout.ts';
import { poolBatchShapes, poolLoss } from '#models/families/pool/pool-loss.ts';
import type { PoolWeights } from '#models/families/pool/pool-plan.ts';
import { startTraining, trainNetwork } from '#models/network-training/train-network.ts';
import { initialState, openTrainingSession } from '#models/network-training/training-session.ts';
import { poolExamples, toBatch } from './pool-examples.ts';

const SHAPE: ForecastShape = { stepSeconds: 300, context: 2016, horizon: 720, levels: [0.5] };
/** A factor of four apart: closer ones follow the noise of few machines. */
const KNOT_SECONDS = [300, 1200, 4800, 19_200, 76_800, 216_000];
const BATCH = 256;
const EPOCHS = 8;

/** Learns the shares of the pool on series at five-minute steps; NaN where nothing was measured. */
export async function learnPool(
  series: readonly Float64Array[],
  { levelPower = 0.5, windows = 50, seed = 1 } = {},
): Promise<PoolWeights> {
  const knotSeconds = KNOT_SECONDS;
  const random = createRandom(seed);
  const request = { shape: SHAPE, knotSeconds, windows, stepsPerWindow: 4, levelPower, random };
  const examples = series.flatMap((values) => poolExamples(values, request));
  const shapes = poolBatchShapes(BATCH, knotSeconds.length, examples[0]!.below.length);
  const parameters = input('parameters', [knotSeconds.length * COMPONENT_COUNT]);
  const loss = poolLoss(parameters, shapes);
  const session = await openTrainingSession({ loss, parameters, batch: shapes, clipNorm: 1e9 });
  const plan = {
    session,
    windows: examples.length,
    batchSize: BATCH,
    epochs: EPOCHS,
    rate: 0.05,
    // Few parameters and many machines: nothing to stop early for.
    patience: EPOCHS,
    seed,
    createRandom,
    batchOf: (chosen: Int32Array) => toBatch(examples, chosen),
    validate: () => 0,
  };
  const zeros = new Float32Array(knotSeconds.length * COMPONENT_COUNT);
  const { state } = await trainNetwork(plan, startTraining(initialState(zeros), plan.validate));
  await session.release();
  return { knotSeconds, shares: toShares(state.parameters) };
}

function toShares(parameters: Float32Array): number[][] {
  return Array.from({ length: KNOT_SECONDS.length }, (_, knot) => {
    const row = parameters.subarray(knot * COMPONENT_COUNT, (knot + 1) * COMPONENT_COUNT);
    const grown = Array.from(row, Math.exp);
    const sum = grown.reduce((total, one) => total + one, 0);
    return grown.map((one) => Math.round((1e4 * one) / sum) / 1e4);
  });
}
