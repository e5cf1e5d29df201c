import type { LabelledFile } from './labelled-files.ts';
import { windowScore } from './window-score.ts';

/** Thresholds are looked at from a third to three times the best one. */
const STEPS = 40;
const STEP = 1.03;
/** The score at a threshold is averaged over so many steps on both sides, a quarter up and down. */
const AROUND = 8;

/**
 * The threshold with the best score on average over its neighbours. The score jumps where a single
 * window is found or missed, so the best threshold itself says little about other files.
 */
export function steadyThreshold(
  files: readonly LabelledFile[],
  scores: readonly Float64Array[],
): number {
  const { threshold: best } = windowScore(files, scores, 'standard');
  const thresholds = Array.from({ length: 2 * STEPS + 1 }, (_, k) => best * STEP ** (k - STEPS));
  const at = thresholds.map((threshold) => windowScore(files, scores, 'standard', threshold).score);
  const average = (k: number): number =>
    at.slice(k - AROUND, k + AROUND + 1).reduce((sum, score) => sum + score, 0);
  let chosen = AROUND;
  for (let k = AROUND; k < at.length - AROUND; k++) {
    if (average(k) > average(chosen)) chosen = k;
  }
  return thresholds[chosen]!;
}
