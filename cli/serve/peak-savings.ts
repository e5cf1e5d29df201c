import type { AllocationDecision } from '#core/domain/allocation.ts';
import { RESOURCES, type FootprintWindow } from '#core/domain/footprint.ts';
import { DEFAULT_SERVICE } from '#evaluation/simulation/service-rule.ts';

/**
 * Share of the instances that a fixed number for the largest use of the history takes, and that is
 * not wanted now. Null where nothing is counted in instances or nothing was measured.
 */
export function peakSavings(
  { instances, reason: { instanceCapacity } }: AllocationDecision,
  { values }: FootprintWindow,
): number | null {
  let fixed = 0;
  for (const resource of RESOURCES) {
    const capacity = instanceCapacity[resource];
    if (capacity === null) continue;
    let most = 0;
    for (const value of values[resource]) if (value > most) most = value;
    fixed = Math.max(fixed, Math.ceil(most / (capacity * DEFAULT_SERVICE.objective)));
  }
  return fixed === 0 ? null : 1 - instances / fixed;
}
