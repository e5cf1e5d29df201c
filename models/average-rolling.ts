import type { Evidence } from './band-offsets.ts';
import { bandOffsets } from './band-offsets.ts';
import { spreadRow } from './calibrate.ts';
import { boundedScale } from './local-scale.ts';
import type { RolledQuantiles } from './rolling-forecasts.ts';
import { rawIndex } from './rolling-forecasts.ts';

/**
 * The mean of the calibrated quantiles of several models at every origin of a plan. Each is calibrated with what lies before
 * the fold. Nothing lies before the first fold: it stays NaN and is not scored. The average is not calibrated once more:
 * with that, 80 % intervals covered 75 % instead of 78 % on bitbrains, and the loss was 1 % larger.
 */
export function averageRolling(
  members: readonly RolledQuantiles[],
  evidence: Evidence,
): RolledQuantiles {
  const { plan, shape } = evidence;
  const columns = shape.levels.length;
  const stored = plan.steps.length;
  const average = {
    calibrated: true,
    centred: false,
    columns,
    stored,
    raw: new Float64Array(plan.origins.length * stored * columns).fill(NaN),
  };
  const row = new Float64Array(columns);
  plan.folds.slice(1).forEach((fold) => {
    const width = stored * columns;
    average.raw.fill(0, fold.firstOrigin * width, fold.endOrigin * width);
    for (const rolled of members) {
      const spread = createSpreader(rolled, evidence, fold.start);
      for (let origin = fold.firstOrigin; origin < fold.endOrigin; origin++) {
        for (let s = 0; s < stored; s++) {
          spread(origin, s, row);
          const to = rawIndex(average, origin, s);
          for (let c = 0; c < columns; c++) average.raw[to + c]! += row[c]! / members.length;
        }
      }
    }
  });
  return average;
}

/** Writes the calibrated quantiles of one origin and step, by their indices in the plan. */
export type Spreader = (origin: number, step: number, row: Float64Array) => void;

/** Calibrates with the residuals of actual values before values[end]. */
export function createSpreader(rolled: RolledQuantiles, evidence: Evidence, end: number): Spreader {
  const { plan, scales } = evidence;
  const { offsets, bounds } = bandOffsets(rolled, evidence, end);
  const { raw, columns } = rolled;
  return (origin, s, row) => {
    const scale = boundedScale(scales[origin]!, bounds);
    const from = rawIndex(rolled, origin, s);
    spreadRow(row, { raw, from, columns, offsets, band: plan.calibrationBandOf[s]!, scale });
  };
}
