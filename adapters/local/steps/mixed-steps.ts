/** Largest relative distance of adjacent differences with the same step. */
const SAME = 0.15;
/** Least number of equal steps in a run. */
const SHORTEST_STRETCH = 8;
/**
 * Share of all differences that must be in runs of a step to count it; at most a day of five-minute
 * steps.
 */
const LEAST_SHARE = 0.1;
const ALWAYS_ENOUGH = 288;
/** A history that changes its step more often is sparsely measured, on its shortest step. */
const MOST_CHANGES = 4;
/** Share of the time that the longest step must have lasted; otherwise it is a gap. */
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
 * The steps of a history whose step changed, each of which lasted for a run. Null if there is only
 * one step.
 * @param differences positive, in seconds, in the order of time.
 */
export function mixedSteps(differences: Float64Array): MixedSteps | null {
  const enough = Math.min(ALWAYS_ENOUGH, Math.ceil(differences.length * LEAST_SHARE));
  const all = stretches(differences);
  const kept = grouped(all).filter(({ count }) => count >= enough);
  const groupOf = (step: number) => kept.findIndex((group) => isSame(step, group.step));
  const order = all.map(({ step }) => groupOf(step)).filter((group) => group >= 0);
  const changes = order.filter((group, k) => k > 0 && group !== order[k - 1]).length;
  if (kept.length < 2 || changes > MOST_CHANGES) return null;
  const byLength = kept.toSorted((a, b) => a.step - b.step);
  const [shortest, longest] = [byLength[0], byLength.at(-1)!];
  const total = differences.reduce((sum, d) => sum + d, 0);
  if (longest.step * longest.count < LONGEST_SHARE * total) return null;
  return { shortest: shortest.step, longest: longest.step };
}

/** Merges runs of the same step, with the step of the first one. */
function grouped(all: readonly Stretch[]): readonly Stretch[] {
  const groups: { step: number; count: number }[] = [];
  for (const { step, count } of all) {
    const known = groups.find((group) => isSame(step, group.step));
    if (known) known.count += count;
    else groups.push({ step, count });
  }
  return groups;
}

/** Runs of nearly equal differences, each with its median. */
function stretches(differences: Float64Array): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (let i = 1; i <= differences.length; i++) {
    if (i < differences.length && isSame(differences[i], differences[from])) continue;
    if (i - from >= SHORTEST_STRETCH) {
      found.push({ step: median(differences.slice(from, i)), count: i - from });
    }
    from = i;
  }
  return found;
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= SAME * Math.max(a, b);
}

function median(values: Float64Array): number {
  return values.sort()[(values.length - 1) >> 1];
}
