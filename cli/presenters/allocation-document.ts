import { isoTime } from '#cli/output/iso-time.ts';
import type { SizeRecommendation } from '#core/capacity/recommend-size.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';

/**
 * The JSON of an allocation decision, as the contract defines it, with the recommended instance
 * types if they were requested. A decision from simulated data says so.
 */
export function allocationDocument(
  decision: AllocationDecision,
  {
    recommended = null,
    isSimulated = false,
  }: {
    readonly recommended?: readonly SizeRecommendation[] | null;
    readonly isSimulated?: boolean;
  } = {},
): unknown {
  const { reason } = decision;
  return {
    application_id: decision.applicationId,
    ...(isSimulated && { simulated: true }),
    decided_at: isoTime(decision.decidedAtSeconds),
    valid_until: isoTime(decision.validUntilSeconds),
    allocated: decision.allocated,
    instances: decision.instances,
    expected: {
      at: isoTime(decision.expected.atSeconds),
      by_resource: decision.expected.byResource,
    },
    reason: {
      source: reason.source,
      forecast: reason.forecast,
      quantile: reason.quantile,
      available: reason.available,
      unreliable: reason.unreliable,
      safety_margin: reason.safetyMargin,
      correction: reason.correction,
      limits: {
        min_instances: reason.limits.minInstances,
        max_instances: reason.limits.maxInstances,
      },
      instance_capacity: reason.instanceCapacity,
      model: reason.model,
      profile_version: reason.profileVersion,
      ...(reason.warmUpSeconds !== undefined && { warm_up_seconds: reason.warmUpSeconds }),
      ...(reason.modelFaults && { model_faults: reason.modelFaults }),
      summary: reason.summary,
    },
    ...(recommended && {
      recommendation: recommended.map((size) => ({
        type: size.type,
        mean_instances: size.meanInstances,
        peak_instances: size.peakInstances,
        cost_per_hour: size.costPerHour,
      })),
    }),
  };
}
