import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastModel, ForecastShape } from '#models/contract/forecast-model.ts';
import type {
  CalibratedMember,
  DefinedPart,
  ModelDefinition,
} from '#models/definition/model-definition.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';
import { memberModel } from './member-model.ts';

/**
 * The model that a definition describes: the same forecasts, bit for bit, as the one that the
 * definition was taken from.
 * @throws RangeError if the numbers of the definition do not fit together.
 */
export function definedModel(
  name: string,
  shape: ForecastShape,
  definition: ModelDefinition,
): ForecastModel {
  const calibrated = new Map<CalibratedMember, ForecastModel>();
  const modelOf = (member: CalibratedMember): ForecastModel => {
    const model =
      calibrated.get(member) ?? calibrate(memberModel(member.raw, shape), member.calibration);
    calibrated.set(member, model);
    return model;
  };
  // Neighbouring parts of the same members are one model, which is asked once for both.
  const joined: { readonly part: DefinedPart; readonly model: ForecastModel }[] = [];
  const parts = definition.map((part) => {
    const known = joined.find(({ part: other }) => isSame(other.members, part.members));
    const model = known?.model ?? averageModels(name, part.members.map(modelOf));
    if (known === undefined) joined.push({ part, model });
    return { band: part, model };
  });
  return joinByHorizon(name, parts);
}

const isSame = (a: readonly CalibratedMember[], b: readonly CalibratedMember[]): boolean =>
  a.length === b.length && a.every((member, k) => member === b[k]);
