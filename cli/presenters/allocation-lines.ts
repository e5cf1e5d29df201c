import type { AllocationDecision } from '#core/domain/allocation.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import { formatAmount, formatCount, formatTime } from '#html-report/text/format.ts';

/** An allocation decision and its reason as text. */
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
