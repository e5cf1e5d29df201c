import { boundedScale } from '#models/rolling/local-scale.ts';
import type { RolledQuantiles } from '#models/rolling/rolling-forecasts.ts';
import { rawIndex } from '#models/rolling/rolling-forecasts.ts';
import type { Evidence } from './band-offsets.ts';
import { bandOffsets } from './band-offsets.ts';
import { spreadRow } from './calibrate.ts';

/**
 * Calibrated quantiles at every origin and step of a plan, row-major [origins × steps × levels];
 * NaN at the origins of the first fold, as nothing lies before it to calibrate with.
 */
export type CalibratedForecasts = Float64Array;

/** Calibrates the forecasts of every fold with the residuals of actual values before the fold. */
export function calibrateRolling(rolled: RolledQuantiles, evidence: Evidence): CalibratedForecasts {
  const { plan, shape, scales } = evidence;
  const { raw, columns } = rolled;
  const [stored, levels] = [plan.steps.length, shape.levels.length];
  const calibrated = new Float64Array(plan.origins.length * stored * levels).fill(NaN);
  plan.folds.slice(1).forEach((fold) => {
    const { offsets, bounds } = bandOffsets(rolled, evidence, fold.start);
    for (let origin = fold.firstOrigin; origin < fold.endOrigin; origin++) {
      const scale = boundedScale(scales[origin], bounds);
      for (let s = 0; s < stored; s++) {
        const to = (origin * stored + s) * levels;
        const from = rawIndex(rolled, origin, s);
        const band = plan.calibrationBandOf[s];
        spreadRow(calibrated, { to, levels, raw, from, columns, offsets, band, scale });
      }
    }
  });
  return calibrated;
}

/**
 * The mean of the calibrated quantiles of several models. It is not calibrated again, because that
 * made intervals too narrow (docs/research/constants.md).
 */
export function averageRolling(members: readonly CalibratedForecasts[]): CalibratedForecasts {
  const average = new Float64Array(members[0]?.length ?? 0);
  const count = members.length;
  for (const member of members) {
    for (let k = 0; k < average.length; k++) average[k] += member[k] / count;
  }
  return average;
}
