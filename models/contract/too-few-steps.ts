import type { FitResult } from './forecast-model.ts';

/**
 * Reason why a family that needs `needed` steps cannot fit a series of `steps` steps; null if it
 * can.
 */
export function tooFewSteps(
  steps: number,
  needed: number,
): Extract<FitResult, { kind: 'too-little-data' }> | null {
  if (steps >= needed) return null;
  return { kind: 'too-little-data', reason: `${steps} steps, at least ${needed} are needed` };
}
