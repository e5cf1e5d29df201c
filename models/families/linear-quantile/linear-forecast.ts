import type { Between, LinearParameters } from './linear-parameters.ts';
import { between, columnCount, isLevel } from './linear-parameters.ts';
import { originFeatures } from './origin-features.ts';
import { seasonFeatures } from './season-features.ts';

/** Writes row-major [steps × levels] quantiles of the steps after the end of `history`. */
export type LinearForecast = (history: Float64Array, out: Float64Array) => void;

/** Position of a step between the knots, on a logarithmic scale. */
export const knotOfStep = (knots: readonly number[], step: number): Between =>
  between(knots, step, Math.log);

/**
 * The forecast at some steps ahead. It is interpolated between knots over the logarithm of the
 * step, and between fitted levels over the level. Levels beyond the fitted ones get the values of
 * the outermost ones; calibration moves them.
 */
export function linearForecast(
  parameters: LinearParameters,
  steps: readonly number[],
  levels: readonly number[],
): LinearForecast {
  const { plan, knots, levels: fitted } = parameters;
  const knotPlaces = steps.map((step) => knotOfStep(knots, step));
  const levelPlaces = levels.map((level) => between(fitted, level));
  const features = new Float64Array(plan.originCount + plan.seasonCount);
  const quantiles = new Float64Array(fitted.length);
  return (history, out) => {
    originFeatures(history, plan, features);
    for (let s = 0; s < steps.length; s++) {
      const season = { out: features, from: plan.originCount };
      seasonFeatures(history, { plan, step: steps[s] }, season);
      const { below, above, share } = knotPlaces[s];
      quantiles.fill(0);
      addKnot(parameters, features, { knot: below, share: 1 - share, out: quantiles });
      if (share > 0) addKnot(parameters, features, { knot: above, share, out: quantiles });
      for (let k = 0; k < levelPlaces.length; k++) {
        const { below: low, above: high, share: part } = levelPlaces[k];
        out[s * levels.length + k] = (1 - part) * quantiles[low] + part * quantiles[high];
      }
    }
  };
}

interface KnotShare {
  readonly knot: number;
  readonly share: number;
  readonly out: Float64Array;
}

function addKnot(parameters: LinearParameters, features: Float64Array, to: KnotShare): void {
  const { plan, levels, anchors, coefficients, lowest, highest } = parameters;
  const { knot, share, out } = to;
  const columns = columnCount(plan);
  const bounds = knot * (columns - 1);
  const anchor = features[anchors[knot]];
  for (let q = 0; q < levels.length; q++) {
    const at = (knot * levels.length + q) * columns;
    let sum = coefficients[at] + anchor;
    for (let c = 1; c < columns; c++) {
      const value = c === 1 ? anchor : features[c - 2] - (isLevel(plan, c - 2) ? anchor : 0);
      const low = lowest[bounds + c - 1];
      const high = highest[bounds + c - 1];
      sum += coefficients[at + c] * (value < low ? low : value > high ? high : value);
    }
    out[q] += share * sum;
  }
}
