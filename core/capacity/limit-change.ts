import type { CapacityLimits } from '#core/domain/allocation.ts';
import type { AllocationMode } from '#core/domain/settings/allocation-modes.ts';
import { clampInstances } from './limits.ts';

export interface ChangeLimits {
  readonly limits: CapacityLimits;
  /** Instances available now, at most `limits.maxInstances`. */
  readonly available: number;
  readonly current: number;
  readonly mode: AllocationMode;
  readonly maxIncrease: number | null;
  readonly maxDecrease: number | null;
}

/**
 * Limits a change to what one decision may do. In the mode `scale-out` it never lowers; a step is
 * at most as large as the owner allows; the result is within the limits and what is available. The
 * minimum holds even if it is more than one step away, because the owner set it too.
 */
export function limitChange(target: number, rule: ChangeLimits): number {
  const { limits, available, current, mode } = rule;
  const lowest = mode === 'scale-out' ? current : current - (rule.maxDecrease ?? Infinity);
  const highest = current + (rule.maxIncrease ?? Infinity);
  const stepped = Math.max(lowest, Math.min(highest, target));
  return clampInstances(Math.min(stepped, available), limits);
}
