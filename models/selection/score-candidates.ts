import type { Evidence } from '#models/calibration/band-offsets.ts';
import {
  averageRolling,
  calibrateRolling,
  type CalibratedForecasts,
} from '#models/calibration/calibrate-rolling.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import {
  EXTERNAL_COST,
  externalForecasts,
  type ExternalCandidate,
} from '#models/families/external/external-candidate.ts';
import { mean } from '#models/numeric/mean.ts';
import type { RollingForecasts } from '#models/rolling/rolling-forecasts.ts';
import { rollingForecasts } from '#models/rolling/rolling-forecasts.ts';
import { combinations } from './combinations.ts';
import { crossValidate } from './cross-validate.ts';
import type { Candidate } from './select-model.ts';

/** A candidate and the forecasts it is made of: its own, or those that it averages. */
export interface ScoredCandidate extends Candidate {
  readonly members: readonly RollingForecasts[];
}

export interface ScoringOptions {
  /** Groups of origins that standard errors are taken over. */
  readonly groups: number;
  /** See TrainingOptions. */
  readonly penalties?: Readonly<Record<string, number>>;
  readonly external?: readonly ExternalCandidate[];
}

/**
 * A candidate that is no average, and its calibrated forecasts; null where it could not be fitted.
 */
export interface SingleCandidate extends ScoredCandidate {
  readonly calibrated: CalibratedForecasts | null;
}

/**
 * Rolls every family over the evidence and scores it, then the averages of the best of them.
 */
export function scoreCandidates(
  families: readonly ModelFamily[],
  evidence: Evidence,
  options: ScoringOptions,
): readonly ScoredCandidate[] {
  return withAverages(scoreSingles(families, evidence, options), evidence, options);
}

/** Rolls every family over the evidence and scores it. */
export function scoreSingles(
  families: readonly ModelFamily[],
  evidence: Evidence,
  { groups, penalties = {}, external = [] }: ScoringOptions,
): readonly SingleCandidate[] {
  const single = (
    family: Candidate['family'],
    rolled: ReturnType<typeof rollingForecasts>,
  ): SingleCandidate => {
    if (rolled.kind === 'too-little-data') {
      return { family, validation: null, reason: rolled.reason, members: [], calibrated: null };
    }
    const calibrated = calibrateRolling(rolled, evidence);
    const penalty = penalised(penalties[family.name]);
    const validation = crossValidate(calibrated, evidence, groups);
    return { ...penalty, family, validation, members: [rolled], calibrated };
  };
  return [
    ...families.map((family) => single(family, rollingForecasts(family, evidence))),
    ...external.map((candidate) => {
      const family = { name: candidate.name, relativeCost: EXTERNAL_COST };
      return single(family, externalForecasts(candidate, evidence));
    }),
  ];
}

/** The candidates and the averages of the best of them, scored. */
export function withAverages(
  singles: readonly SingleCandidate[],
  evidence: Evidence,
  { groups }: Pick<ScoringOptions, 'groups'>,
): readonly ScoredCandidate[] {
  const parts = evidence.plan.scoringBands.map(({ part }) => part);
  const averages = combinations(singles, parts).map((indices): ScoredCandidate => {
    const averaged = indices.map((index) => singles[index]);
    const forecasts = averageRolling(averaged.map(({ calibrated }) => calibrated!));
    const penalty = mean(Float64Array.from(averaged, (candidate) => candidate.penalty ?? 1));
    return {
      ...penalised(penalty),
      family: averageOf(averaged),
      averaged: averaged.map(({ family }) => family.name),
      validation: crossValidate(forecasts, evidence, groups),
      members: averaged.flatMap(({ members }) => members),
    };
  });
  return [...singles, ...averages];
}

const penalised = (penalty: number | undefined): { readonly penalty?: number } =>
  penalty === undefined || penalty === 1 ? {} : { penalty };

/** An average costs as much as its members together. */
function averageOf(candidates: readonly Candidate[]): Candidate['family'] {
  return {
    name: candidates.map(({ family }) => family.name).join('&'),
    relativeCost: candidates.reduce((sum, { family }) => sum + family.relativeCost, 0),
  };
}
