import type { CapacityLimits } from '#core/domain/allocation.ts';
import type { AllocationMode } from '#core/domain/settings/allocation-settings.ts';
import { clampInstances } from './limits.ts';

export interface ChangeLimits {
  readonly limits: CapacityLimits;
  /** Instances that can be had now, at most `limits.maxInstances`. */
  readonly available: number;
  readonly current: number;
  readonly mode: AllocationMode;
  readonly maxIncrease: number | null;
  readonly maxDecrease: number | null;
}

/**
 * The wanted number of instances moved to what one decision may do: `scale-out` never lowers, a step is at most as large
 * as the application's owner allows, and the result lies within the limits and what is available. The minimum holds even
 * where it is more than one step away: it is the owner's word too.
 */
export function limitChange(wanted: number, rule: ChangeLimits): number {
  const { limits, available, current, mode } = rule;
  const lowest = mode === 'scale-out' ? current : current - (rule.maxDecrease ?? Infinity);
  const highest = current + (rule.maxIncrease ?? Infinity);
  const stepped = Math.max(lowest, Math.min(highest, wanted));
  return clampInstances(Math.min(stepped, available), limits);
}
