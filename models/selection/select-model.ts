import type { ModelFamily } from '#models/contract/forecast-model.ts';
import { mean, standardError } from '#models/numeric/mean.ts';
import type { BandScore, Validation } from './cross-validate.ts';

/** What became of one candidate. */
export interface Candidate {
  readonly family: Pick<ModelFamily, 'name' | 'relativeCost'>;
  /** The families that it averages; itself alone where absent. */
  readonly averaged?: readonly string[];
  /** Null if it could not be fitted. */
  readonly validation: Validation | null;
  readonly reason?: string;
  /** Its losses count so many times in the selection; 1 where absent. See TrainingOptions. */
  readonly penalty?: number;
}

/**
 * One candidate per part of the horizon, as the best for the next quarter of an hour is rarely the
 * best for the next day (docs/research/constants.md). A part without any score takes the candidate
 * of an adjacent part.
 * @param parts which part of the horizon each band belongs to, from 0 on without holes, never
 * falling.
 * @returns the index of the candidate per band, or null if no band was scored.
 */
export function selectModel(
  candidates: readonly Candidate[],
  parts: readonly number[],
): readonly number[] | null {
  const families = candidates.map(({ family }) => family);
  const chosen = [...new Set(parts)].map((part) =>
    selectCandidate(
      candidates.map((candidate) => partLosses(candidate, parts, part)?.groups ?? null),
      families,
    ),
  );
  if (chosen.every((index) => index === -1)) return null;
  return parts.map((part) => nearestChosen(chosen, part));
}

/** The part's own candidate, else that of the part before it, else of the one after. */
function nearestChosen(chosen: readonly number[], part: number): number {
  const before = chosen.slice(0, part + 1).findLast((index) => index !== -1);
  return before ?? chosen.find((index) => index !== -1)!;
}

/**
 * Losses of one candidate in one part of the horizon, mean over its bands, times its penalty; null
 * if none of them was scored.
 */
export function partLosses(
  { validation, penalty = 1 }: Candidate,
  parts: readonly number[],
  part: number,
): { readonly groups: Float64Array; readonly mean: number } | null {
  const scores = validation?.bands.filter((_, band) => parts[band] === part) ?? [];
  const scored = scores.filter((score): score is BandScore => score !== null);
  const [first] = scored;
  if (!first) return null;
  const groups = first.groupLosses.map(
    (_, group) => penalty * mean(Float64Array.from(scored, (score) => score.groupLosses[group])),
  );
  return { groups, mean: mean(groups) };
}

/**
 * A candidate is preferred for its cost only if it costs at most this share of the better one. A
 * larger share trades accuracy for milliseconds of training (docs/research/constants.md).
 */
const MUCH_CHEAPER = 0.1;

/**
 * The one-standard-error rule (Breiman et al., Classification and Regression Trees, 1984, section
 * 3.4.3): the cheapest candidate whose loss exceeds the least one by no more than a standard error.
 * The error is that of the difference to the best candidate, as all of them are scored at the same
 * origins: the same spikes hit all of them.
 * @param losses by group of origins, null if not scored.
 * @returns the index of the candidate, -1 if none was scored.
 */
export function selectCandidate(
  losses: readonly (Float64Array | null)[],
  families: readonly Pick<ModelFamily, 'relativeCost'>[],
): number {
  const best = leastLoss(losses);
  const least = losses[best];
  if (!least) return -1;
  let selected = best;
  losses.forEach((loss, k) => {
    const { relativeCost } = families[k];
    if (!loss || relativeCost > MUCH_CHEAPER * families[selected].relativeCost) return;
    const excess = loss.map((value, group) => value - least[group]);
    if (mean(excess) <= standardError(excess)) selected = k;
  });
  return selected;
}

function leastLoss(losses: readonly (Float64Array | null)[]): number {
  let best = -1;
  losses.forEach((loss, k) => {
    const least = losses[best];
    if (loss && (!least || mean(loss) < mean(least))) best = k;
  });
  return best;
}
