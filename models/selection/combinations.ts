import type { Candidate } from './select-model.ts';
import { partLosses } from './select-model.ts';

/** Candidates that are averaged at most: of more, the worse ones spoil the mean. */
const MOST_MEMBERS = 3;

/**
 * Sets of candidates worth averaging: for each part of the horizon the best two and the best three
 * of those that were scored. Averages of good models beat the models (Makridakis, Spiliotis and
 * Assimakopoulos, The M4 competition, 2020), and unlike learnt weights they have nothing to
 * overfit.
 * @param parts which part of the horizon each band belongs to.
 * @returns indices of the candidates, each set once.
 */
export function combinations(
  candidates: readonly Candidate[],
  parts: readonly number[],
): readonly (readonly number[])[] {
  const sets = new Map<string, readonly number[]>();
  for (const part of new Set(parts)) {
    const losses = candidates.map((candidate) => partLosses(candidate, parts, part)?.mean ?? null);
    const ranked = losses
      .flatMap((loss, index) => (loss === null ? [] : [{ loss, index }]))
      .toSorted((a, b) => a.loss - b.loss);
    for (let size = 2; size <= Math.min(MOST_MEMBERS, ranked.length); size++) {
      const members = ranked.slice(0, size).map(({ index }) => index);
      const sorted = members.toSorted((a, b) => a - b);
      sets.set(sorted.join(), sorted);
    }
  }
  return [...sets.values()];
}
