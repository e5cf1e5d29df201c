import { EMPTY_FOOTPRINT, RESOURCES, perResource, type Footprint } from '#core/footprint.ts';
import type { AllocationSettings } from '#core/settings.ts';
import type { MonitoringResult } from '#core/incident.ts';

export interface UtilizationCheck {
  /** Largest actual ÷ allocated over the resources, null where nothing can be compared. */
  readonly utilization: number | null;
  readonly status: MonitoringResult['status'];
  /** What was really used of every resource that exceeded its allocation; null elsewhere. */
  readonly correction: Footprint;
}

/**
 * Compares what was used with what was allocated. A resource above the threshold triggers a correction: the next
 * allocation must hold at least what was used. It lasts one interval and is renewed while the breach lasts, so that one
 * spike does not hold capacity for ever.
 */
export function checkUtilization(
  actual: Footprint,
  allocated: Footprint | null,
  { overThreshold, underThreshold }: AllocationSettings,
): UtilizationCheck {
  const ratios = perResource((resource) =>
    usedShare(actual[resource], allocated?.[resource] ?? null),
  );
  const known = RESOURCES.flatMap((resource) => ratios[resource] ?? []);
  if (known.length === 0) {
    return { utilization: null, status: 'no-allocation', correction: EMPTY_FOOTPRINT };
  }
  const utilization = Math.max(...known);
  return {
    utilization,
    status:
      utilization > overThreshold ? 'over' : utilization < underThreshold ? 'under' : 'within',
    correction: perResource((resource) =>
      (ratios[resource] ?? 0) > overThreshold ? actual[resource] : null,
    ),
  };
}

/** Use of something of which nothing was allocated counts as an infinite share. */
function usedShare(used: number | null, allocated: number | null): number | null {
  if (used === null || allocated === null) return null;
  if (allocated <= 0) return used > 0 ? Infinity : 0;
  return used / allocated;
}
