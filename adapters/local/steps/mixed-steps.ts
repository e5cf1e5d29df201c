/** Neighbouring differences this near to each other, as a share, are the same step. */
const SAME = 0.15;
/** So many equal steps in a row are a stretch. */
const SHORTEST_STRETCH = 8;
/**
 * So many steps must lie in stretches of their length, as a share of all; at most a day of five
 * minutes.
 */
const LEAST_SHARE = 0.1;
const ALWAYS_ENOUGH = 288;
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
 * The steps of a history that changed its step now and then, each kept for a stretch; null if it
 * has one step only.
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
  const [shortest, longest] = [byLength[0]!, byLength.at(-1)!];
  const total = differences.reduce((sum, d) => sum + d, 0);
  if (longest.step * longest.count < LONGEST_SHARE * total) return null;
  return { shortest: shortest.step, longest: longest.step };
}

/** Stretches of the same step together, each with the step of its first one. */
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
    if (i < differences.length && isSame(differences[i]!, differences[from]!)) continue;
    if (i - from >= SHORTEST_STRETCH)
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
