import type { Evidence } from './band-offsets.ts';
import { bandOffsets } from './band-offsets.ts';
import { spreadRow } from './calibrate.ts';
import { indexOfLevel } from './index-of-level.ts';
import { pinballLoss } from './pinball-loss.ts';
import type { RollingForecasts } from './rolling-forecasts.ts';
import { rawIndex } from './rolling-forecasts.ts';

/** How a candidate did at the rolling origins. */
export interface Validation {
  /** Mean over the scoring bands of 2 · pinball ÷ Σ|y|, mean over levels. */
  readonly loss: number;
  readonly bandLosses: readonly number[];
  /** The loss's parts by group of neighbouring origins; their mean is the loss. */
  readonly groupLosses: Float64Array;
  /** Number of origins scored. */
  readonly origins: number;
  /** Share of scored points within the calibrated 80 % interval. */
  readonly coverage80: number;
  /** Mean width of that interval over the first band ÷ mean absolute value there; 0 for a series of zeros. */
  readonly relativeWidth: number;
}

/**
 * Scores calibrated forecasts at rolling origins without look-ahead: the forecasts of a fold come from a model and from
 * offsets that know only what lies before the fold. The first fold has no residuals before it and only serves the
 * others. Neighbouring origins share most of their errors, so the standard error is taken over `groups` groups
 * of them (batch means), not over the origins.
 * @returns null where nothing could be scored.
 */
export function crossValidate(
  rolled: RollingForecasts,
  evidence: Evidence,
  groups: number,
): Validation | null {
  const { plan } = evidence;
  const sums = emptySums(plan.scoringBands.length, Math.max(1, groups));
  const first = plan.folds[1]?.firstOrigin ?? plan.origins.length;
  const scored = plan.origins.length - first;
  plan.folds.slice(1).forEach((fold) => {
    const score = createScorer(rolled, evidence, fold.start);
    for (let o = fold.firstOrigin; o < fold.endOrigin; o++) {
      score(o, Math.floor(((o - first) * sums.groups) / scored), sums);
    }
  });
  return summarise(sums, scored);
}

/** Running sums; `loss`, `absolute` and `points` are row-major [groups × bands]. */
interface Sums {
  readonly groups: number;
  readonly bands: number;
  readonly loss: Float64Array;
  readonly absolute: Float64Array;
  readonly points: Float64Array;
  inside: number;
  width: number;
}

function emptySums(bands: number, groups: number): Sums {
  const zeros = () => new Float64Array(groups * bands);
  return { groups, bands, loss: zeros(), absolute: zeros(), points: zeros(), inside: 0, width: 0 };
}

/** Adds the scores of one origin. */
type Scorer = (origin: number, group: number, sums: Sums) => void;

function createScorer(rolled: RollingForecasts, evidence: Evidence, end: number): Scorer {
  const { plan, shape, actual, scales } = evidence;
  const { levels } = shape;
  const { offsets, floor } = bandOffsets(rolled, evidence, end);
  const row = new Float64Array(levels.length);
  const [lower, upper] = [indexOfLevel(levels, 0.1), indexOfLevel(levels, 0.9)];
  return (origin, group, sums) => {
    const scale = Math.max(floor, scales[origin]!);
    for (let s = 0; s < plan.steps.length; s++) {
      const y = actual[plan.origins[origin]! + plan.steps[s]! - 1] ?? NaN;
      if (Number.isNaN(y)) continue;
      const { raw, columns } = rolled;
      const from = rawIndex(rolled, origin, s);
      spreadRow(row, { raw, from, columns, offsets, band: plan.calibrationBandOf[s]!, scale });
      const band = plan.scoringBandOf[s]!;
      const cell = group * sums.bands + band;
      sums.loss[cell]! += pinballLoss(y, row, levels);
      sums.absolute[cell]! += Math.abs(y);
      sums.points[cell]! += 1;
      if (y >= row[lower]! && y <= row[upper]!) sums.inside++;
      if (band === 0) sums.width += row[upper]! - row[lower]!;
    }
  };
}

function summarise(sums: Sums, origins: number): Validation | null {
  const { groups, bands } = sums;
  const total = (values: Float64Array, band: number): number => {
    let sum = 0;
    for (let group = 0; group < groups; group++) sum += values[group * bands + band]!;
    return sum;
  };
  const scoredBands = Array.from({ length: bands }, (_, band) => band).filter(
    (band) => total(sums.points, band) > 0,
  );
  if (scoredBands.length === 0) return null;
  // A series of zeros has no size to compare with: its losses count as they are.
  const unit = (band: number): number => total(sums.absolute, band) || 1;
  const bandLosses = scoredBands.map((band) => (2 * total(sums.loss, band)) / unit(band));
  const groupLosses = Float64Array.from({ length: groups }, (_, group) =>
    scoredBands.reduce(
      (sum, band) =>
        sum + (2 * groups * sums.loss[group * bands + band]!) / unit(band) / scoredBands.length,
      0,
    ),
  );
  const points = scoredBands.reduce((sum, band) => sum + total(sums.points, band), 0);
  return {
    loss: bandLosses.reduce((sum, loss) => sum + loss, 0) / bandLosses.length,
    bandLosses,
    groupLosses,
    origins,
    coverage80: sums.inside / points,
    relativeWidth: sums.width / unit(0),
  };
}
