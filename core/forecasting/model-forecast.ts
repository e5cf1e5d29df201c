import type { Resource } from '#core/domain/footprint.ts';
import type { ClusterProfile, ModelReference } from '#core/domain/profiles.ts';
import { modelName } from '#core/text/model-name.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';
import { borrowHistory } from './borrow-history.ts';
import type { ResourceForecast } from './footprint-forecast.ts';
import { implausible } from './implausible.ts';

/** What was measured of one resource before a forecast. */
export interface Past {
  readonly resource: Resource;
  /** NaN for steps without a measurement. */
  readonly values: Float64Array;
  readonly originSeconds: number;
}

export interface ModelUse {
  readonly reference: ModelReference;
  /** The cluster that lends the model; null for a model of the application's own. */
  readonly cluster: ClusterProfile | null;
  readonly stepsAhead?: readonly number[] | undefined;
}

/**
 * Asks a stored model for a forecast.
 * @throws the errors of loading it, and RangeError if it answers with what cannot be, see
 * `implausible`.
 */
export async function modelForecast(
  forecasters: { get(sha256: string): Promise<Pick<Forecaster, 'forecast'>> },
  { resource, values, originSeconds }: Past,
  { reference, cluster, stepsAhead: wanted }: ModelUse,
): Promise<ResourceForecast> {
  const { shape } = reference;
  const { stepSeconds, levels } = shape;
  const read = newest(values, shape.context);
  const { history, scale } = cluster
    ? borrowHistory(read, { cluster, resource, originSeconds, stepSeconds })
    : { history: read.includes(NaN) ? fillByDay(read, stepSeconds) : read, scale: 1 };
  const forecaster = await forecasters.get(reference.sha256);
  const stepsAhead = wanted?.filter((step) => step <= shape.horizon);
  const horizon = stepsAhead?.at(-1) ?? shape.horizon;
  const quantiles = await forecaster.forecast(
    new Float32Array(history),
    [originSeconds],
    stepsAhead,
  );
  const known = cluster ? history : values;
  const fault = implausible(quantiles, known, { levels, stepsAhead });
  if (fault !== null) throw new RangeError(fault);
  return {
    quantiles: {
      ...{ originSeconds, stepSeconds, horizon, levels },
      values: scaled(quantiles, scale),
    },
    model: modelName(reference.composition),
    reliability: reference.reliability,
  };
}

/** The newest values, filled up with NaN in front where there are fewer. */
function newest(values: Float64Array, count: number): Float64Array {
  if (values.length >= count) return values.subarray(values.length - count);
  const padded = new Float64Array(count).fill(NaN);
  padded.set(values, count - values.length);
  return padded;
}

function scaled(quantiles: Float32Array, scale: number): QuantileForecast['values'] {
  const values = new Float64Array(quantiles);
  for (let k = 0; k < values.length; k++) values[k]! *= scale;
  return values;
}
