import type { Evidence } from '#models/calibration/band-offsets.ts';
import { bandOffsets } from '#models/calibration/band-offsets.ts';
import { calibrate } from '#models/calibration/calibrate.ts';
import { gatherEvidence } from '#models/calibration/gather-evidence.ts';
import type { Composition } from '#models/contract/composition.ts';
import type {
  CandidateScore,
  ForecastModel,
  ForecastShape,
  ModelFamily,
} from '#models/contract/forecast-model.ts';
import { arima } from '#models/families/arima/arima-family.ts';
import {
  seasonalAutoregressionLog,
  seasonalAutoregressionMix,
} from '#models/families/autoregression/seasonal-autoregression.ts';
import type { ExternalCandidate } from '#models/families/external/external-candidate.ts';
import { horizonMixture } from '#models/families/horizon-mixture/horizon-mixture.ts';
import { linearQuantile } from '#models/families/linear-quantile/linear-quantile.ts';
import { drift } from '#models/families/naive/drift.ts';
import { seasonalNaiveDay, seasonalNaiveWeek } from '#models/families/naive/seasonal-naive.ts';
import { machinePool } from '#models/families/pool/learned-pool.ts';
import { exponentialSmoothing } from '#models/families/smoothing/exponential-smoothing.ts';
import {
  quantileMixtureEqual,
  quantileMixtureShort,
} from '#models/families/trailing-window/quantile-mixture.ts';
import { levelSeries, shiftSearch } from '#models/levels/level-history.ts';
import { levelShifts } from '#models/levels/level-shift.ts';
import type { LevelShift } from '#models/levels/shift-size.ts';
import { exportModel } from '#models/onnx/export-model.ts';
import type { RollingForecasts } from '#models/rolling/rolling-forecasts.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { endSeconds } from '#models/series/series.ts';
import { trimSeries } from '#models/series/trim-series.ts';
import { averageModels } from './average-models.ts';
import { joinByHorizon } from './join-by-horizon.ts';
import { MINIMUM_POINTS } from './minimum-points.ts';
import type { ScoredCandidate } from './score-candidates.ts';
import { scoreCandidates } from './score-candidates.ts';
import { overallScore, scoreTable, selectedModel } from './score-table.ts';
import { selectModel } from './select-model.ts';

export interface TrainingOptions {
  readonly resource: string;
  readonly unit: string;
  /** Groups of rolling origins that the standard error of a loss is taken over. */
  readonly origins: number;
  /** The candidates; DEFAULT_FAMILIES where absent. */
  readonly families?: readonly ModelFamily[];
  /**
   * By a candidate's name: its losses count so many times, as its forecasts failed in use. An
   * average has the mean.
   */
  readonly penalties?: Readonly<Record<string, number>>;
  /**
   * Files that others made, rolled over the same evidence. A model with one of them runs in ONNX
   * Runtime alone.
   */
  readonly external?: readonly ExternalCandidate[];
  /** Makes the model's file; `exportModel` where absent. */
  readonly writeFile?: typeof exportModel;
}

export type TrainingResult =
  | {
      readonly kind: 'trained';
      /**
       * Calibrated. Its shape's context is shorter than the one asked for if the history is short.
       */
      readonly model: ForecastModel;
      readonly composition: Composition;
      readonly onnx: Uint8Array;
      readonly table: readonly CandidateScore[];
      /** Cross-validated loss of the selected model, see CandidateScore. */
      readonly loss: number;
      readonly coverage80: number;
      readonly relativeWidth: number;
      readonly trainedFromSeconds: number;
      readonly trainedToSeconds: number;
    }
  | { readonly kind: 'too-little-data'; readonly reason: string };

export const DEFAULT_FAMILIES: readonly ModelFamily[] = [
  // First, as where candidates are equally good, the first one is taken.
  drift,
  seasonalNaiveDay,
  seasonalNaiveWeek,
  quantileMixtureEqual,
  quantileMixtureShort,
  exponentialSmoothing,
  arima,
  machinePool,
  horizonMixture,
  linearQuantile,
  seasonalAutoregressionLog,
  seasonalAutoregressionMix,
];

/**
 * Cross-validates the candidates on a series, fits the selected one on all of it, calibrates it
 * with the residuals of the rolling evaluation and exports it. NaN gaps are filled; values before
 * the first measurement are left out.
 */
export function trainModel(
  series: RegularSeries,
  shape: ForecastShape,
  options: TrainingOptions,
): TrainingResult {
  const measured = trimSeries(series);
  const points = measured.values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (points < MINIMUM_POINTS) {
    const reason = `${points} measured values, at least ${MINIMUM_POINTS} are needed`;
    return { kind: 'too-little-data', reason };
  }
  const { penalties = {}, external = [], writeFile = exportModel } = options;
  // Files of others have forecast the series as it is.
  const evidence = gatherEvidence(
    external.length === 0 ? levelSeries(measured, shiftsOf(measured, shape)) : measured,
    shape,
  );
  const families = options.families ?? DEFAULT_FAMILIES;
  const groups = Math.max(1, options.origins);
  const candidates = scoreCandidates(families, evidence, { groups, penalties, external });
  const selected = selectModel(
    candidates,
    evidence.plan.scoringBands.map(({ part }) => part),
  );
  if (selected === null) {
    const reasons = candidates.map(
      ({ family, reason = 'nothing measured to compare with' }) => `${family.name}: ${reason}`,
    );
    return { kind: 'too-little-data', reason: reasons.join('; ') };
  }
  const selection = { selected, bands: evidence.plan.scoringBands };
  const { name, composition, validation } = selectedModel(candidates, selection);
  const { loss, coverage80, relativeWidth } = overallScore(validation)!;
  const model = finalModel(
    name,
    selected.map((index) => candidates[index]),
    evidence,
  );
  const trained = {
    trainedFromSeconds: measured.startSeconds,
    trainedToSeconds: endSeconds(measured),
  };
  const onnx = writeFile(model, { ...trained, resource: options.resource, unit: options.unit });
  const table = scoreTable(candidates, selection);
  return {
    kind: 'trained',
    ...{ model, composition, onnx, table, loss, coverage80, relativeWidth },
    ...trained,
  };
}

function shiftsOf({ values }: RegularSeries, shape: ForecastShape): readonly LevelShift[] {
  const search = shiftSearch(shape);
  return levelShifts(fillGaps(values, search.season), search);
}

/**
 * Joins the candidates chosen for the bands; each of their members is fitted and calibrated once.
 */
function finalModel(
  name: string,
  chosen: readonly ScoredCandidate[],
  evidence: Evidence,
): ForecastModel {
  const fitted = new Map<RollingForecasts, ForecastModel>();
  const memberModel = (rolled: RollingForecasts): ForecastModel => {
    const model = fitted.get(rolled) ?? calibratedModel(rolled, evidence);
    fitted.set(rolled, model);
    return model;
  };
  const joined = new Map<ScoredCandidate, ForecastModel>();
  const parts = chosen.map((candidate, k) => {
    const { family, members } = candidate;
    const model = joined.get(candidate) ?? averageModels(family.name, members.map(memberModel));
    joined.set(candidate, model);
    return { band: evidence.plan.scoringBands[k], model };
  });
  return joinByHorizon(name, parts);
}

function calibratedModel(rolled: RollingForecasts, evidence: Evidence): ForecastModel {
  const raw = rolled.lastModel.refit?.(evidence.series) ?? rolled.lastModel;
  const { offsets, bounds } = bandOffsets(rolled, evidence, evidence.actual.length);
  const { calibrationBands: bands } = evidence.plan;
  return calibrate(raw, { bands, offsets, window: evidence.window, bounds });
}
