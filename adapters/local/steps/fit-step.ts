import type { FoundStep } from './find-step.ts';
import { irregularShare, MOST_IRREGULAR } from './irregular-share.ts';

/**
 * How rows are placed on a step: rounded to it, averaged over it, or the fault that prevents it.
 */
export type StepFit = 'rounded' | 'averaged' | { readonly fault: string };

/**
 * Rows are averaged over a step that exceeds their own (or, without one, the typical difference) by
 * this factor.
 */
const SURELY_LONGER = 1.5;
const SEVERAL = 3;

/** How a series with its own step fits another step, in seconds. */
export function fitStep(differences: Float64Array, own: FoundStep, stepSeconds: number): StepFit {
  const { step, shortest, isRegular, fault } = own;
  if (step === null || shortest === null) return 'rounded';
  const longer = fault === null ? SURELY_LONGER : SEVERAL;
  if (stepSeconds >= longer * shortest) return 'averaged';
  if (step === stepSeconds && fault === null) return 'rounded';
  const fits = irregularShare(differences, stepSeconds) <= MOST_IRREGULAR;
  if (fits && !(isRegular && step >= SURELY_LONGER * stepSeconds)) return 'rounded';
  return { fault: fault ?? `has a step of ${step} s, not of ${stepSeconds} s` };
}
