import type { Evidence } from '#models/calibration/band-offsets.ts';
import type { ForecastShape, ModelFamily } from '#models/contract/forecast-model.ts';
import type { RollingForecasts } from '#models/rolling/rolling-forecasts.ts';
import { externalModel } from './external-model.ts';

/** A file that others made, as it competes for one series; plain data. */
export type ExternalCandidate =
  | {
      readonly name: string;
      readonly onnx: Uint8Array;
      readonly own: ForecastShape;
      /** Its forecasts at the origins of the rolling evaluation, see rollExternal. */
      readonly rolled: Float64Array;
    }
  | { readonly name: string; /** Why it does not compete. */ readonly reason: string };

/** Files are no bigger and no slower than a network, so they cost as much. */
export const EXTERNAL_COST = 20;

/** Its rolling forecasts as those of a family whose model is there already. */
export function externalForecasts(
  candidate: ExternalCandidate,
  { shape, plan }: Evidence,
): RollingForecasts | { readonly kind: 'too-little-data'; readonly reason: string } {
  if ('reason' in candidate) return { kind: 'too-little-data', reason: candidate.reason };
  const { name, rolled } = candidate;
  const columns = shape.levels.length;
  const [stored, expected] = [plan.steps.length, plan.origins.length * plan.steps.length * columns];
  if (rolled.length !== expected) {
    throw new RangeError(`${rolled.length} values of ${name}, ${expected} are needed`);
  }
  const lastModel = externalModel(name, candidate, shape);
  const family: ModelFamily = {
    name,
    relativeCost: EXTERNAL_COST,
    fit: () => ({ kind: 'fitted', model: lastModel }),
  };
  return { kind: 'rolled', family, lastModel, columns, centred: false, stored, raw: rolled };
}
