import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastModel, ForecastShape, RawModel } from '#models/contract/forecast-model.ts';
import type { MemberDefinition } from '#models/definition/member-definition.ts';
import type { CalibratedMember, ModelDefinition } from '#models/definition/model-definition.ts';
import { createArimaModel } from '#models/families/arima/forecast/arima-model.ts';
import { harmonicArimaModel } from '#models/families/arima/harmonic/harmonic-arima-model.ts';
import { autoregressionModel } from '#models/families/autoregression/seasonal-autoregression.ts';
import { mixtureModel } from '#models/families/horizon-mixture/horizon-mixture.ts';
import { linearModel } from '#models/families/linear-quantile/linear-quantile.ts';
import { lstmModel } from '#models/families/lstm/lstm-family.ts';
import { driftModel } from '#models/families/naive/drift.ts';
import { seasonalNaiveModel } from '#models/families/naive/seasonal-naive.ts';
import { poolModel } from '#models/families/pool/learned-pool.ts';
import { createSmoothingModel } from '#models/families/smoothing/smoothing-model.ts';
import { quantileMixtureModel } from '#models/families/trailing-window/quantile-mixture.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';

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
  const models = new Map<CalibratedMember, ForecastModel>();
  for (const member of new Set(definition.flatMap(({ members }) => members))) {
    models.set(member, calibrate(memberModel(member.raw, shape), member.calibration));
  }
  const parts = definition.map((band) => {
    const members = band.members.map((member) => models.get(member)!);
    return { band, model: averageModels(name, members) };
  });
  return joinByHorizon(name, parts);
}

/**
 * The fitted model that a definition describes.
 * @throws RangeError if the numbers of the definition do not fit the shape.
 */
export function memberModel(definition: MemberDefinition, shape: ForecastShape): RawModel {
  switch (definition.family) {
    case 'seasonal-naive':
      return seasonalNaiveModel(definition, shape);
    case 'drift':
      return driftModel(definition, shape);
    case 'quantile-mixture':
      return quantileMixtureModel(definition, shape);
    case 'exponential-smoothing':
      return createSmoothingModel({ ...definition, shape });
    case 'arima':
      return createArimaModel(definition.fit, shape);
    case 'harmonic-arima': {
      const { scale, profile, errors } = definition;
      return harmonicArimaModel({ regression: { scale, profile }, errors }, shape);
    }
    case 'learned-pool':
      return poolModel(definition, shape);
    case 'horizon-mixture':
      return mixtureModel(definition, shape);
    case 'linear-quantile':
      return linearModel(definition, shape);
    case 'seasonal-autoregression':
      return autoregressionModel(definition, shape);
    case 'lstm':
      return lstmModel(definition.name, shape, definition);
  }
}
