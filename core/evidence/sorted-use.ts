import type { FilledSteps } from './filled-steps.ts';
import type { InstanceUnits, PooledUse } from './instance-use.ts';
import type { WeightedSamples } from './sampled-use.ts';

/** Samples of a history whose steps are grouped by the instances they fill. */
export interface SortedSamples extends WeightedSamples {
  /**
   * 0 before the first sample. After the last one there must be zeros for all steps asked for, plus
   * `TOGETHER`.
   */
  readonly weights: readonly number[];
  /** Null if the steps were not grouped. */
  readonly filled: FilledSteps | null;
}

/** Number of rows that are summed in one pass, because they read the same numbers. */
export const TOGETHER = 3;

/**
 * Adds the same as `addSampledUse`, bit for bit, but faster. Row s gets the samples s steps later
 * than the given ones.
 * @returns false, and adds nothing, if the steps are not grouped, are grouped by another capacity,
 * or fill more instances than there are.
 */
export function addSortedUse(
  rows: readonly PooledUse[],
  { samples, parts }: { readonly samples: SortedSamples; readonly parts: readonly number[] },
  units: InstanceUnits,
): boolean {
  const most = rows[0]?.length ?? 0;
  const oldest = samples.newest - samples.count;
  const { filled } = samples;
  if (filled === null || !isSorted(filled, units, { oldest, most })) return false;
  for (let row = 0; row < rows.length; row += TOGETHER) {
    const later = { ...samples, filled, newest: samples.newest + row };
    addTogether(rows.slice(row), { samples: later, parts: parts.slice(row), oldest });
  }
  return true;
}

function isSorted(
  { unit, byWhole, newestBeyond }: FilledSteps,
  { capacity, margin }: InstanceUnits,
  { oldest, most }: { readonly oldest: number; readonly most: number },
): boolean {
  if (margin !== 0 || capacity !== unit || newestBeyond > oldest) return false;
  return byWhole.slice(most).every((steps) => !(steps.at(-1)! > oldest));
}

/**
 * Sums up to three rows. They are written out because a loop over them would keep the sums in
 * memory instead of registers.
 */
function addTogether(
  rows: readonly PooledUse[],
  sums: {
    readonly samples: SortedSamples & { readonly filled: FilledSteps };
    readonly parts: readonly number[];
    readonly oldest: number;
  },
): void {
  const { samples, parts, oldest } = sums;
  const { newest, weights, total, filled } = samples;
  const { byWhole, begun } = filled;
  const [first, second, third] = rows;
  const [part1 = 0, part2 = 0, part3 = 0] = parts;
  let [above1, above2, above3] = [0, 0, 0];
  for (let whole = Math.min(first.length, byWhole.length) - 1; whole >= 0; whole--) {
    const steps = byWhole[whole];
    // Declared one by one because destructuring an array would allocate them on the heap.
    let full1 = 0;
    let full2 = 0;
    let full3 = 0;
    let begun1 = 0;
    let begun2 = 0;
    let begun3 = 0;
    for (let k = steps.length - 1; k >= 0; k--) {
      const step = steps[k];
      if (step <= oldest) break;
      const age = newest - step;
      const more = begun[step];
      const weight1 = weights[age];
      const weight2 = weights[age + 1];
      const weight3 = weights[age + 2];
      full1 += weight1;
      full2 += weight2;
      full3 += weight3;
      begun1 += weight1 * more;
      begun2 += weight2 * more;
      begun3 += weight3 * more;
    }
    first[whole] += part1 * Math.min(1, (above1 + begun1) / total);
    if (second) second[whole] += part2 * Math.min(1, (above2 + begun2) / total);
    if (third) third[whole] += part3 * Math.min(1, (above3 + begun3) / total);
    above1 += full1;
    above2 += full2;
    above3 += full3;
  }
}
