import type { BandScore, Validation } from './cross-validate.ts';
import type { ModelFamily } from './forecast-model.ts';
import { mean, standardError } from './mean.ts';

/** What became of one candidate. */
export interface Candidate {
  readonly family: Pick<ModelFamily, 'name' | 'relativeCost'>;
  /** Null if it could not be fitted. */
  readonly validation: Validation | null;
  readonly reason?: string;
}

/**
 * One candidate for the near part of the horizon and one for the far part, as the best for the next quarter of an hour is
 * rarely the best for the next day: on bitbrains 2013-08 the loss at the steps 1–3 falls from 0.18 with one model for
 * both to 0.11. A part of which nothing could be scored takes the candidate of the other.
 * @param near which of the bands belong to the near part.
 * @returns the index of the candidate per band, or null if no band was scored.
 */
export function selectModel(
  candidates: readonly Candidate[],
  near: readonly boolean[],
): readonly number[] | null {
  const costs = candidates.map(({ family }) => family.relativeCost);
  const select = (part: boolean): number => {
    const losses = candidates.map(({ validation }) => {
      const scores = validation?.bands.filter((_, band) => near[band] === part) ?? [];
      return meanLosses(scores.filter((score) => score !== null));
    });
    return selectCandidate(losses, costs);
  };
  const [nearest, farthest] = [select(true), select(false)];
  if (nearest === -1 && farthest === -1) return null;
  return near.map((isNear) => {
    const [first, second] = isNear ? [nearest, farthest] : [farthest, nearest];
    return first === -1 ? second : first;
  });
}

/** Losses of one candidate by group of origins, mean over bands; null without a band. */
function meanLosses(scores: readonly BandScore[]): Float64Array | null {
  const [first] = scores;
  if (!first) return null;
  return first.groupLosses.map((_, group) =>
    mean(Float64Array.from(scores, (score) => score.groupLosses[group]!)),
  );
}

/**
 * A candidate is preferred for its cost only if it costs at most this share of the better one: a rule that trades
 * accuracy for a few microseconds loses 7 % at the far band of bitbrains 2013-08.
 */
const MUCH_CHEAPER = 0.25;

/**
 * The one-standard-error rule (Breiman et al., Classification and Regression Trees, 1984, section 3.4.3): the cheapest
 * candidate whose loss exceeds the least one by no more than a standard error. The error is that of the difference to
 * the best candidate, as all of them are scored at the same origins: the same spikes hit all of them.
 * @param losses by group of origins, null if not scored.
 * @returns the index of the candidate, -1 if none was scored.
 */
export function selectCandidate(
  losses: readonly (Float64Array | null)[],
  costs: readonly number[],
): number {
  let best = -1;
  losses.forEach((loss, k) => {
    const least = losses[best];
    if (loss && (!least || mean(loss) < mean(least))) best = k;
  });
  const least = losses[best];
  if (!least) return -1;
  let selected = best;
  losses.forEach((loss, k) => {
    if (!loss || costs[k]! > MUCH_CHEAPER * costs[selected]!) return;
    const excess = loss.map((value, group) => value - least[group]!);
    if (mean(excess) <= standardError(excess)) selected = k;
  });
  return selected;
}
