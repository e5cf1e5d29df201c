/** Neighbouring differences this near to each other, as a share, are the same step. */
const SAME = 0.15;
/** So many equal steps in a row are a stretch, as a share of all; at most a day of five minutes. */
const RUN_SHARE = 0.1;
const SHORTEST_RUN = 8;
const LONGEST_RUN = 288;
/** A history that changes its step more often is measured now and then, on its shortest step. */
const MOST_CHANGES = 4;
/** The longest step must have been kept for this share of the time; otherwise it is a gap. */
const LONGEST_SHARE = 0.1;

export interface MixedSteps {
  readonly shortest: number;
  readonly longest: number;
}

interface Stretch {
  readonly step: number;
  readonly count: number;
}

/**
 * The steps of a history that changed its step now and then, each kept for a stretch; null if it has one step only.
 * @param differences positive, in seconds, in the order of time.
 */
export function mixedSteps(differences: Float64Array): MixedSteps | null {
  const share = Math.ceil(differences.length * RUN_SHARE);
  const least = Math.min(LONGEST_RUN, Math.max(SHORTEST_RUN, share));
  const kept = stretches(differences, least);
  let changes = 0;
  for (let i = 1; i < kept.length; i++) if (!isSame(kept[i]!.step, kept[i - 1]!.step)) changes++;
  if (changes === 0 || changes > MOST_CHANGES) return null;
  const total = differences.reduce((sum, d) => sum + d, 0);
  const steps = kept.map(({ step }) => step);
  const longest = Math.max(...steps);
  const time = kept
    .filter(({ step }) => isSame(step, longest))
    .reduce((sum, { step, count }) => sum + step * count, 0);
  return time < LONGEST_SHARE * total ? null : { shortest: Math.min(...steps), longest };
}

/** Runs of nearly equal differences, each with the most frequent one of its beginning. */
function stretches(differences: Float64Array, least: number): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (let i = 1; i <= differences.length; i++) {
    if (i < differences.length && isSame(differences[i]!, differences[from]!)) continue;
    if (i - from >= least)
      found.push({ step: median(differences.slice(from, i)), count: i - from });
    from = i;
  }
  return found;
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(a, b);
}

function median(values: Float64Array): number {
  return values.sort()[(values.length - 1) >> 1]!;
}
