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
 * The candidate for every horizon band, as the best for the next quarter of an hour is rarely the best for the next day:
 * on bitbrains 2013-08 the loss at the steps 1–3 falls from 0.18 with one model for all bands to 0.11.
 * A band in which nothing could be scored takes the model of the band before it.
 * @returns the index of the candidate per band, or null if no band was scored.
 */
export function selectModel(candidates: readonly Candidate[]): readonly number[] | null {
  const bands = Math.max(0, ...candidates.map(({ validation }) => validation?.bands.length ?? 0));
  const selected: number[] = [];
  for (let band = 0; band < bands; band++) {
    const scores = candidates.map(({ validation }) => validation?.bands[band] ?? null);
    const costs = candidates.map(({ family }) => family.relativeCost);
    selected.push(selectCandidate(scores, costs));
  }
  const first = selected.find((index) => index !== -1);
  if (first === undefined) return null;
  let last = first;
  return selected.map((index) => (last = index === -1 ? last : index));
}

/**
 * The one-standard-error rule (Breiman et al., Classification and Regression Trees, 1984, section 3.4.3): the cheapest
 * candidate whose loss exceeds the least one by no more than a standard error. The error is that of the difference to
 * the best candidate, as all of them are scored at the same origins: the same spikes hit all of them.
 * @returns the index of the candidate, -1 if none has a score.
 */
export function selectCandidate(
  scores: readonly (BandScore | null)[],
  costs: readonly number[],
): number {
  let best = -1;
  scores.forEach((score, k) => {
    if (score && score.loss < (scores[best]?.loss ?? Infinity)) best = k;
  });
  const least = scores[best];
  if (!least) return -1;
  let selected = best;
  scores.forEach((score, k) => {
    if (!score || costs[k]! >= costs[selected]!) return;
    const excess = score.groupLosses.map((loss, group) => loss - least.groupLosses[group]!);
    if (mean(excess) <= standardError(excess)) selected = k;
  });
  return selected;
}
