import { selectSmallest } from '#models/numeric/select-smallest.ts';

/** Residuals of one horizon band: actual minus raw forecast in units of the scale. */
export interface BandResiduals {
  /** One list for a point forecast, else one per level. */
  readonly lists: readonly Float64Array[];
  /** Number of residuals at the start of each list. */
  readonly count: number;
  /** How many of them tell something of their own; the count where absent. */
  readonly independent?: number;
}

/**
 * Offsets that make every level hold on the residuals: for a level p ≥ ½ the ⌈(n + 1) p⌉-th
 * smallest residual, for p < ½ the ⌊(n + 1) p⌋-th, at least the first and at most the last (split
 * conformal prediction one-sided at each level; Romano, Patterson, Candès, NeurIPS 2019, section
 * 2). Residuals of forecasts that overlap hardly tell more than one: with n independent ones among
 * them the ranks are those of a level that is moved outwards by (2 p − 1) / n, about as far as (n +
 * 1) p / n moves a high one. Reorders the residuals. Zeros without residuals.
 */
export function conformalOffsets(
  { lists, count, independent = Infinity }: BandResiduals,
  levels: readonly number[],
): Float64Array {
  const offsets = new Float64Array(levels.length);
  if (count === 0) return offsets;
  const only = lists.length === 1 ? lists[0].subarray(0, count).sort() : null;
  levels.forEach((level, k) => {
    const moved = level + (2 * level - 1) / independent;
    const rank = conformalRank(Math.min(1, Math.max(0, moved)), count);
    offsets[k] = only ? only[rank] : selectSmallest(lists[k].subarray(0, count), rank);
  });
  return offsets;
}

/** Zero-based rank of the residual that stands for the level. */
function conformalRank(level: number, count: number): number {
  const rank = level < 0.5 ? Math.floor((count + 1) * level) : Math.ceil((count + 1) * level);
  return Math.min(count, Math.max(1, rank)) - 1;
}
