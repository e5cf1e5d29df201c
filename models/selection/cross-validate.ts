import type { Evidence } from '#models/calibration/band-offsets.ts';
import type { CalibratedForecasts } from '#models/calibration/calibrate-rolling.ts';
import { indexOfLevel } from '#models/contract/index-of-level.ts';
import { mean } from '#models/numeric/mean.ts';
import { pinballLoss } from '#models/numeric/pinball-loss.ts';

/** How a candidate did in one horizon band. */
export interface BandScore {
  /**
   * 2 · pinball ÷ Σ|y|, mean over levels; without the division where all actual values are zero.
   */
  readonly loss: number;
  /** The loss's parts by group of neighbouring origins; their mean is the loss. */
  readonly groupLosses: Float64Array;
  /** Share of scored points within the calibrated 80 % interval. */
  readonly coverage80: number;
  /** Mean width of that interval ÷ mean absolute value; 0 where all actual values are zero. */
  readonly relativeWidth: number;
  readonly points: number;
}

/** How a candidate did at the rolling origins; a band is null if nothing of it was measured. */
export interface Validation {
  readonly bands: readonly (BandScore | null)[];
  /** Number of origins scored. */
  readonly origins: number;
}

/**
 * Scores calibrated forecasts at rolling origins without look-ahead: the forecasts of a fold come
 * from a model and from offsets that know only what lies before the fold. The first fold has no
 * residuals before it and only serves the others. Neighbouring origins share most of their errors,
 * so the standard error is taken over `groups` groups of them (batch means), not over the origins.
 */
export function crossValidate(
  forecasts: CalibratedForecasts,
  evidence: Evidence,
  groups: number,
): Validation {
  const { plan } = evidence;
  const sums = plan.scoringBands.map(() => emptySums(groups));
  const first = plan.folds[1]?.firstOrigin ?? plan.origins.length;
  const scored = plan.origins.length - first;
  const score = createScorer(forecasts, evidence);
  for (let o = first; o < plan.origins.length; o++) {
    score(o, Math.floor(((o - first) * groups) / scored), sums);
  }
  return { bands: sums.map(toScore), origins: scored };
}

/** Running sums of one band; `loss` by group. */
interface Sums {
  readonly loss: Float64Array;
  absolute: number;
  points: number;
  inside: number;
  width: number;
}

const emptySums = (groups: number): Sums => {
  return { loss: new Float64Array(groups), absolute: 0, points: 0, inside: 0, width: 0 };
};

/** Adds the scores of one origin. */
type Scorer = (origin: number, group: number, sums: readonly Sums[]) => void;

function createScorer(forecasts: CalibratedForecasts, evidence: Evidence): Scorer {
  const { plan, shape, actual } = evidence;
  const { levels } = shape;
  const [lower, upper] = [indexOfLevel(levels, 0.1), indexOfLevel(levels, 0.9)];
  return (origin, group, sums) => {
    for (let s = 0; s < plan.steps.length; s++) {
      const y = actual[plan.origins[origin] + plan.steps[s] - 1] ?? NaN;
      if (Number.isNaN(y)) continue;
      const at = (origin * plan.steps.length + s) * levels.length;
      const low = forecasts[at + lower];
      const high = forecasts[at + upper];
      const band = sums[plan.scoringBandOf[s]];
      band.loss[group] += pinballLoss(y, forecasts, levels, at);
      band.absolute += Math.abs(y);
      band.points++;
      band.width += high - low;
      if (y >= low && y <= high) band.inside++;
    }
  };
}

function toScore({ loss, absolute, points, inside, width }: Sums): BandScore | null {
  if (points === 0) return null;
  // A series of zeros has no size to compare with: its losses count as they are.
  const unit = absolute || 1;
  const groupLosses = loss.map((sum) => (2 * loss.length * sum) / unit);
  return {
    loss: mean(groupLosses),
    groupLosses,
    coverage80: inside / points,
    relativeWidth: absolute === 0 ? 0 : width / absolute,
    points,
  };
}
