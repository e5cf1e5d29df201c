import type { AllocationDecision } from '#core/allocation.ts';
import { RESOURCES } from '#core/footprint.ts';
import { formatAmount, formatCount, formatTime } from '#cli/report/format.ts';

/** A decision for people: what, and why. */
export function allocationLines(decision: AllocationDecision): readonly string[] {
  const { applicationId, allocated, instances, reason } = decision;
  const amounts = RESOURCES.map(
    (resource) => `${resource} ${formatAmount(resource, allocated[resource])}`,
  );
  return [
    `${applicationId} at ${formatTime(decision.decidedAtSeconds)} UTC: ${formatCount(instances, 'instance')}`,
    `allocated: ${amounts.join(', ')}`,
    `because: ${reason.summary}`,
  ];
}
