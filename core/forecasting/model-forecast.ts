import type { Resource } from '#core/domain/footprint.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import type { ClusterProfile, ModelReference } from '#core/domain/profiles.ts';
import { modelName } from '#core/text/model-name.ts';
import { firstSteps } from '#models/contract/first-steps.ts';
import type { QuantileForecast } from '#models/contract/forecast-model.ts';
import { levelHistory, shiftSearch, type LevelHistory } from '#models/levels/level-history.ts';
import { levelShifts } from '#models/levels/level-shift.ts';
import type { Forecaster } from '#models/onnx/onnx-forecaster.ts';
import { fillByDay } from '#models/series/fill-gaps.ts';
import { borrowHistory } from './borrow-history.ts';
import type { ResourceForecast } from './footprint-forecast.ts';
import { implausible } from './implausible.ts';
import { aheadOf, localValues, rowsAt } from './local-forecast.ts';

/** What was measured of one resource before a forecast. */
export interface Past {
  readonly resource: Resource;
  /** NaN for steps without a measurement. */
  readonly values: Float64Array;
  readonly originSeconds: number;
  /** Zone whose clock the days follow. */
  readonly timeZone: string;
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
  past: Past,
  { reference, cluster, stepsAhead: wanted }: ModelUse,
): Promise<ResourceForecast> {
  const { resource, originSeconds, timeZone } = past;
  const { shape } = reference;
  const { stepSeconds, levels } = shape;
  // A cluster's shapes are in UTC.
  const values = cluster ? past.values : localValues(past, stepSeconds);
  const read = newest(values, shape.context);
  const { history, scale } = cluster
    ? borrowHistory(read, { cluster, resource, originSeconds, stepSeconds })
    : { history: read.includes(NaN) ? fillByDay(read, stepSeconds) : read, scale: 1 };
  const level = cluster ? { history, restore: null } : levelOf(history, reference, originSeconds);
  const forecaster = await forecasters.get(reference.sha256);
  const reached = wanted?.filter((step) => step <= shape.horizon);
  const horizon = reached?.at(-1) ?? shape.horizon;
  const steps = reached ?? firstSteps(horizon);
  const ahead = cluster ? { wanted: steps, local: steps } : aheadOf(past, shape, steps);
  const stepsAhead = reached && [...new Set(ahead.local)].sort((a, b) => a - b);
  const answer = await forecaster.forecast(
    new Float32Array(level.history),
    [cluster ? originSeconds : localSeconds(originSeconds, timeZone)],
    stepsAhead,
  );
  const quantiles = level.restore === null ? answer : answer.map(level.restore);
  const known = cluster ? history : values;
  const fault = implausible(quantiles, known, { levels, stepsAhead });
  if (fault !== null) throw new RangeError(fault);
  return {
    quantiles: {
      originSeconds,
      stepSeconds,
      horizon,
      levels,
      values: scaled(rowsAt(quantiles, ahead, levels.length), scale),
    },
    model: modelName(reference.composition),
    reliability: reference.reliability,
  };
}

/** The history at the level that the model knows. */
function levelOf(
  history: Float64Array,
  { shape, trainedToSeconds }: ModelReference,
  originSeconds: number,
): LevelHistory {
  const search = shiftSearch(shape);
  // After one coarse step a surge and a new level look alike, and a surge is to be reported first.
  const { season, least } = search;
  const shifts = levelShifts(history, { season, least, shortest: least });
  const since = Math.round((originSeconds - trainedToSeconds) / shape.stepSeconds);
  return levelHistory(history, { shifts, search, trainedSteps: shape.context - since });
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
  for (let k = 0; k < values.length; k++) values[k] *= scale;
  return values;
}
