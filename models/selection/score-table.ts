import { composeBands, type Composition } from '#models/contract/composition.ts';
import type { CandidateScore } from '#models/contract/forecast-model.ts';
import type { HorizonRange } from '#models/contract/horizon-range.ts';
import { mean, standardError } from '#models/numeric/mean.ts';
import type { BandScore, Validation } from './cross-validate.ts';
import type { Candidate } from './select-model.ts';

/** Of the model that serves every band with the candidate selected for it. */
export interface SelectedModel {
  /**
   * Names of the candidates in the order of the bands, each once: "exponential-smoothing+arima".
   */
  readonly name: string;
  readonly composition: Composition;
  readonly validation: Validation;
}

/** The index of the selected candidate of every scoring band. */
export interface Selection {
  readonly selected: readonly number[];
  readonly bands: readonly HorizonRange[];
}

const membersOfCandidate = ({ family, averaged }: Candidate): readonly string[] =>
  averaged ?? [family.name];

/** Puts together how the selected candidates did, each in its bands. */
export function selectedModel(
  candidates: readonly Candidate[],
  { selected, bands }: Selection,
): SelectedModel {
  const chosen = selected.map((index) => candidates[index]);
  return {
    name: [...new Set(chosen.map(({ family }) => family.name))].join('+'),
    composition: composeBands(bands, chosen.map(membersOfCandidate)),
    validation: {
      bands: chosen.map(({ validation }, band) => validation?.bands[band] ?? null),
      origins: Math.max(...chosen.map(({ validation }) => validation?.origins ?? 0)),
    },
  };
}

/**
 * Loss over all scored bands alike, its standard error over the groups of origins, and coverage
 * over all points.
 */
export interface OverallScore {
  readonly loss: number;
  readonly standardError: number;
  readonly coverage80: number;
  /** Of the first band that was scored: the steps an allocation looks ahead. */
  readonly relativeWidth: number;
}

/** @returns null if no band was scored. */
export function overallScore({ bands }: Validation): OverallScore | null {
  const scored = bands.filter((band): band is BandScore => band !== null);
  const [first] = scored;
  if (!first) return null;
  const groupLosses = first.groupLosses.map((_, group) =>
    mean(Float64Array.from(scored, (band) => band.groupLosses[group])),
  );
  const points = scored.reduce((sum, band) => sum + band.points, 0);
  const inside = scored.reduce((sum, band) => sum + band.points * band.coverage80, 0);
  return {
    loss: mean(groupLosses),
    standardError: standardError(groupLosses),
    coverage80: inside / points,
    relativeWidth: first.relativeWidth,
  };
}

/**
 * The candidates as a table, in their order, and last the selected model if it is made of several.
 * Its loss is the least one can hope for: it was selected by the very scores that make it up.
 */
export function scoreTable(
  candidates: readonly Candidate[],
  selection: Selection,
): CandidateScore[] {
  const { selected, bands } = selection;
  const { name, composition, validation } = selectedModel(candidates, selection);
  const rows = candidates.map((candidate) => {
    const { averaged } = candidate;
    const row = toRow(candidate, candidate.family.name === name);
    return averaged
      ? {
          ...row,
          composition: composeBands(
            bands,
            bands.map(() => averaged),
          ),
        }
      : row;
  });
  if (rows.some((row) => row.selected)) return rows;
  const costs = [...new Set(selected)].map((index) => candidates[index].family.relativeCost);
  const relativeCost = costs.reduce((sum, cost) => sum + cost, 0);
  return [...rows, { ...toRow({ family: { name, relativeCost }, validation }, true), composition }];
}

function toRow(
  { family, validation, reason, penalty }: Candidate,
  selected: boolean,
): CandidateScore {
  const overall = validation && overallScore(validation);
  return {
    model: family.name,
    loss: overall?.loss ?? null,
    standardError: finiteOrNull(overall?.standardError),
    bandLosses: validation?.bands.map((band) => band?.loss ?? NaN).filter(Number.isFinite) ?? [],
    origins: validation?.origins ?? 0,
    relativeCost: family.relativeCost,
    selected,
    ...(reason === undefined ? {} : { reason }),
    ...(penalty === undefined ? {} : { penalty }),
  };
}

/** An infinite standard error would not survive JSON. */
const finiteOrNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
