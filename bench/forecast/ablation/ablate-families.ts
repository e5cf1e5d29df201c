import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { gatherEvidence } from '#models/calibration/gather-evidence.ts';
import type { ModelFamily } from '#models/contract/forecast-model.ts';
import {
  scoreSingles,
  withAverages,
  type ScoredCandidate,
  type SingleCandidate,
} from '#models/selection/score-candidates.ts';
import { overallScore, selectedModel } from '#models/selection/score-table.ts';
import { selectModel } from '#models/selection/select-model.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { trimSeries } from '#models/series/trim-series.ts';
import type { AblationTrace } from './ablation-traces.ts';
import { forecastHeldOut, scoreHeldOut, type BandTallies, type HeldOut } from './held-out.ts';

/** A selection among some of the candidates. */
export interface Variant {
  readonly name: string;
  readonly has: (family: string) => boolean;
  readonly averages: boolean;
}

/** How one variant did on one series. */
export interface VariantScore {
  readonly crossValidated: number;
  readonly heldOut: BandTallies;
  /** Names of the families that the model was made of. */
  readonly members: readonly string[];
}

/** The families of one series; asynchronous, as some train a network first. */
export type FamiliesOf = (
  series: RegularSeries,
  trace: AblationTrace,
) => Promise<readonly ModelFamily[]>;

const HELD_OUT_SHARE = 0.1;
const groups = DEFAULT_SETTINGS.training.origins;

/**
 * Scores of every variant on one series, by the variant's name: every family is rolled over the
 * first nine tenths and fitted once, and only the selection is made again for each variant. Null
 * where the series is too short or idle.
 */
export async function ablateFamilies(
  series: RegularSeries,
  trace: AblationTrace,
  {
    familiesOf,
    variants,
  }: { readonly familiesOf: FamiliesOf; readonly variants: readonly Variant[] },
): Promise<ReadonlyMap<string, VariantScore> | null> {
  const whole = trimSeries(series);
  const cut = Math.floor((1 - HELD_OUT_SHARE) * whole.values.length);
  const known = trimSeries({ ...whole, values: whole.values.subarray(0, cut) });
  const { horizon } = trace.shape;
  const origins: number[] = [];
  for (let end = cut; end + horizon <= whole.values.length; end += trace.stride) origins.push(end);
  if (origins.length === 0) return null;
  const heldOut: HeldOut = { series: whole, origins };
  const evidence = gatherEvidence(known, trace.shape);
  const singles = scoreSingles(await familiesOf(known, trace), evidence, { groups });
  const forecasts = forecastHeldOut(singles, evidence, heldOut);
  const parts = evidence.plan.scoringBands.map(({ part }) => part);
  const scores = new Map<string, VariantScore>();
  for (const variant of variants) {
    const candidates = admitted(variant, singles, (some) =>
      withAverages(some, evidence, { groups }),
    );
    const selected = selectModel(candidates, parts);
    if (selected === null) continue;
    const overall = overallScore(
      selectedModel(candidates, { selected, bands: evidence.plan.scoringBands }).validation,
    )!;
    const chosen = selected.map((index) => candidates[index]!);
    scores.set(variant.name, {
      crossValidated: overall.loss,
      heldOut: scoreHeldOut(chosen, forecasts, { evidence, heldOut }),
      members: [...new Set(chosen.flatMap(({ members }) => members.map((m) => m.family.name)))],
    });
  }
  return scores;
}

function admitted(
  { has, averages }: Variant,
  singles: readonly SingleCandidate[],
  averaged: (some: readonly SingleCandidate[]) => readonly ScoredCandidate[],
): readonly ScoredCandidate[] {
  const some = singles.filter(({ family }) => has(family.name));
  return averages ? averaged(some) : some;
}
