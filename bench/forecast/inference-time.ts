import { createRandom } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { lstmParameters } from '#models/families/lstm/lstm-parameters.ts';
import { initialParameters } from '#models/network-training/parameter-layout.ts';
import { loadForecaster } from '#models/onnx/onnx-forecaster.ts';
import { DEFAULT_FAMILIES, trainModel } from '#models/selection/train-model.ts';

/** Two days of five-minute steps. */
const HORIZON = 576;
const RUNS = 200;
const DAYS = 30;

const { training, stepSeconds } = DEFAULT_SETTINGS;
const { context, levels, origins, network } = training;

/**
 * Prints, per family, the size of the file that a training with this family alone exports for the
 * next 48 hours at 5 minutes and what a warm forecast with it takes in ONNX Runtime on one core:
 * the clock, the median and the 99th percentile of 200.
 */
export async function printInferenceTimes(): Promise<void> {
  console.log('| family, 48 hours ahead | file | median | 99 % |');
  console.log('| ---------------------- | ---: | -----: | ---: |');
  for (const family of [...DEFAULT_FAMILIES, untrainedNetwork()]) {
    const { name } = family;
    console.log((await inferenceRow(name, [family])) ?? `| ${name} | not fitted |`);
  }
  const all = [...DEFAULT_FAMILIES, untrainedNetwork()];
  console.log(await inferenceRow('what is selected among all', all));
}

/** Its time does not depend on its weights. */
function untrainedNetwork(): ModelFamily {
  const { hidden } = network;
  const specs = lstmParameters({ hidden, levels: levels.length });
  const parameters = initialParameters(specs, createRandom(1));
  return lstmFamily('lstm', { hidden, levels, parameters });
}

async function inferenceRow(
  title: string,
  families: readonly ModelFamily[],
): Promise<string | null> {
  const fleet = createSampleFleet({ seed: 1, startSeconds: SAMPLE_START_SECONDS, days: DAYS });
  const { startSeconds, values } = fleet.applications[0]!.window;
  const series = { startSeconds, stepSeconds, values: values.cpu };
  const shape = { stepSeconds, context, horizon: HORIZON, levels };
  const options = { resource: 'cpu', unit: 'cores', origins, families };
  const result = trainModel(series, shape, options);
  if (result.kind === 'too-little-data') return null;
  const forecaster = await loadForecaster(result.onnx);
  const history = new Float32Array(values.cpu.subarray(-context)).map((v) => (v >= 0 ? v : 0));
  const milliseconds: number[] = [];
  for (let run = -20; run < RUNS; run++) {
    const started = performance.now();
    await forecaster.forecast(history, [startSeconds + values.cpu.length * stepSeconds]);
    if (run >= 0) milliseconds.push(performance.now() - started);
  }
  await forecaster.release();
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number): string => `${sorted[Math.floor(share * RUNS)]!.toFixed(2)} ms`;
  const size = `${(result.onnx.length / 1000).toFixed(0)} kB`;
  return `| ${title} | ${size} | ${at(0.5)} | ${at(0.99)} |`;
}
