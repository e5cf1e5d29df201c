import type { FitResult } from './forecast-model.ts';

/** Why a series of `steps` steps cannot be fitted by a family that needs `needed`; null where it can. */
export function tooFewSteps(
  steps: number,
  needed: number,
): Extract<FitResult, { kind: 'too-little-data' }> | null {
  if (steps >= needed) return null;
  return { kind: 'too-little-data', reason: `${steps} steps, at least ${needed} are needed` };
}
