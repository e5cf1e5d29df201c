import { commonStep } from './common-step.ts';
import { irregularShare, JITTER, MOST_IRREGULAR } from './irregular-share.ts';
import { mixedSteps } from './mixed-steps.ts';
import { exactStep, typicalStep } from './typical-step.ts';

/** The step of one series, inferred from its times. */
export interface FoundStep {
  /** In seconds; null with fewer than two times. */
  readonly step: number | null;
  /**
   * The shortest step that lasted for a run; less than `step` if `step` is the longest of several.
   */
  readonly shortest: number | null;
  /** True if nearly all differences are exactly one step, so that no other step fits. */
  readonly isRegular: boolean;
  /** Why there is no step, as the end of a sentence; null if there is one. */
  readonly fault: string | null;
}

/**
 * Finds the step of a series, by the first rule that applies:
 * - the longest step, if the step changed permanently;
 * - the step that the series keeps, or around which its clock jitters;
 * - the greatest step of which its differences are multiples.
 * @param differences positive, in seconds, in the order of time.
 */
export function findStep(differences: Float64Array): FoundStep {
  if (differences.length === 0) {
    return { step: null, shortest: null, isRegular: false, fault: null };
  }
  const mixed = mixedSteps(differences);
  if (mixed !== null) {
    const { shortest, longest } = mixed;
    return { step: longest, shortest, isRegular: false, fault: null };
  }
  const exact = exactStep(differences);
  if (exact !== null) return found(exact, isKept(differences, exact));
  const typical = typicalStep(differences)!;
  if (jittersAround(differences, typical)) return found(typical, false);
  const common = commonStep(differences);
  if (common !== null) return found(common, false);
  if (irregularShare(differences, typical) <= MOST_IRREGULAR) return found(typical, false);
  const fault = `has times without a regular step (typically ${typical} s)`;
  return { step: typical, shortest: typical, isRegular: false, fault };
}

function found(step: number, isRegular: boolean): FoundStep {
  return { step, shortest: step, isRegular, fault: null };
}

/** Fewer differences may be equal by chance. */
const REGULAR_FROM = 5;
const REGULAR_SHARE = 0.75;

function isKept(differences: Float64Array, step: number): boolean {
  if (differences.length < REGULAR_FROM) return false;
  const equal = differences.filter((d) => Math.abs(d - step) < 1e-6).length;
  return equal >= REGULAR_SHARE * differences.length;
}

/**
 * Share of differences that must be about one step to treat the others as gaps of a series with an
 * imprecise clock.
 */
const JITTERING_SHARE = 2 / 3;

function jittersAround(differences: Float64Array, step: number): boolean {
  const near = differences.filter((d) => Math.abs(d - step) <= JITTER * step).length;
  return (
    near >= JITTERING_SHARE * differences.length &&
    irregularShare(differences, step) <= MOST_IRREGULAR
  );
}
