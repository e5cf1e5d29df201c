import type { Evidence } from '#models/calibration/band-offsets.ts';
import { levelWeights } from '#models/contract/level-weights.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';

/** Origins forecast at once: few enough for a small memory, enough to keep the runtime busy. */
const BATCH = 32;

/** Float32 rounds: quantiles that cross by less than this share do not cross. */
const ROUNDING = 1e-4;

/**
 * Forecasts of a file at every origin of the evidence, at the steps of its plan and at the wanted
 * levels.
 * @returns row-major [origins × steps × levels].
 * @throws RangeError if a forecast breaks the contract: not finite, negative or crossing.
 */
export async function rollExternal(
  { metadata, forecast }: Pick<Forecaster, 'metadata' | 'forecast'>,
  { series, shape, plan }: Evidence,
): Promise<Float64Array> {
  const { context, horizon, levels: known } = metadata.shape;
  const columns = shape.levels.length;
  const weights = levelWeights(known, shape.levels);
  const rolled = new Float64Array(plan.origins.length * plan.steps.length * columns);
  for (let from = 0, to = 0; from < plan.origins.length; from += BATCH) {
    const origins = plan.origins.subarray(from, from + BATCH);
    const history = new Float32Array(origins.length * context);
    origins.forEach((end, row) =>
      history.set(series.values.subarray(end - context, end), row * context),
    );
    const times = Array.from(origins, (end) => series.startSeconds + end * series.stepSeconds);
    const quantiles = await forecast(history, times);
    for (let row = 0; row < origins.length; row++) {
      for (const step of plan.steps) {
        const at = (row * horizon + step - 1) * known.length;
        const own = quantiles.subarray(at, at + known.length);
        requireProper(own, step);
        own.forEach((value, k) => {
          for (let c = 0; c < columns; c++) rolled[to + c] += weights[k * columns + c] * value;
        });
        to += columns;
      }
    }
  }
  return rolled;
}

function requireProper(row: Float32Array, step: number): void {
  row.forEach((value, k) => {
    const fault = !Number.isFinite(value)
      ? 'not finite'
      : value < 0
        ? 'negative'
        : value < row[k - 1] * (1 - ROUNDING)
          ? 'below that of the level before'
          : null;
    if (fault !== null) {
      throw new RangeError(`its forecast ${step} steps ahead is ${fault}: ${value}`);
    }
  });
}
