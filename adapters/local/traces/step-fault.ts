import { typicalStep } from './typical-step.ts';

/** A difference is on the grid if it is within a quarter of a step of a whole number of steps. */
const JITTER = 0.25;
/** More off-grid differences than this share mean a fault, not occasional clock jumps. */
const MOST_IRREGULAR = 1 / 3;
/**
 * A run of equal wrong steps of this share of all differences is a second step; at most a day of
 * five-minute steps.
 */
const RUN_SHARE = 0.1;
const SHORTEST_RUN = 3;
const LONGEST_RUN = 288;

/**
 * Why these differences do not fit a series with this step, as the end of a sentence; null if they
 * fit. Gaps of any length, jitter and single jumps are not faults.
 */
export function stepFault(differences: Float64Array, stepSeconds: number): string | null {
  const own = typicalStep(differences);
  if (own === null) return null;
  const other = secondStep(differences, stepSeconds);
  if (other !== null && shareAt(differences, stepSeconds) >= RUN_SHARE) {
    const [shorter, longer] = [Math.min(stepSeconds, other), Math.max(stepSeconds, other)];
    return `mixes two steps: ${shorter} s and ${longer} s`;
  }
  if (other === null && irregularShare(differences, stepSeconds) <= MOST_IRREGULAR) return null;
  return irregularShare(differences, own) > MOST_IRREGULAR
    ? `has times without a regular step (typically ${own} s; expected ${stepSeconds} s)`
    : `has a step of ${own} s, not of ${stepSeconds} s`;
}

function irregularShare(differences: Float64Array, stepSeconds: number): number {
  let irregular = 0;
  for (const difference of differences) {
    const steps = Math.round(difference / stepSeconds);
    if (steps < 1 || Math.abs(difference - steps * stepSeconds) > JITTER * stepSeconds) irregular++;
  }
  return irregular / differences.length;
}

function shareAt(differences: Float64Array, stepSeconds: number): number {
  const isAt = (difference: number) => Math.abs(difference - stepSeconds) <= JITTER * stepSeconds;
  return differences.filter(isAt).length / differences.length;
}

/** A longer or shorter step that lasts for a run of rows, in seconds; null if there is none. */
function secondStep(differences: Float64Array, stepSeconds: number): number | null {
  const share = Math.ceil(differences.length * RUN_SHARE);
  const enough = Math.min(LONGEST_RUN, Math.max(SHORTEST_RUN, share));
  let run = 0;
  for (let i = 0; i < differences.length; i++) {
    const isOther = Math.abs(differences[i]! - stepSeconds) > JITTER * stepSeconds;
    const isSame =
      i > 0 && Math.abs(differences[i]! - differences[i - 1]!) <= JITTER * differences[i]!;
    run = isOther ? (isSame ? run + 1 : 1) : 0;
    if (run >= enough) return typicalStep(differences.subarray(i + 1 - run, i + 1));
  }
  return null;
}
