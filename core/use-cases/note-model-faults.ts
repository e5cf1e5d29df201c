import type { AllocationDecision } from '#core/domain/allocation.ts';
import type { ModelFault } from '#core/domain/model-fault.ts';

/** The decision with the models that could not be used in its reason, for programs and people. */
export function noteModelFaults(
  decision: AllocationDecision,
  modelFaults: readonly ModelFault[],
): AllocationDecision {
  if (modelFaults.length === 0) return decision;
  const { reason } = decision;
  const sentences = modelFaults.map(
    ({ resource, of, reason: why }) =>
      `The ${of}'s model of ${resource} cannot be used and was replaced: ${why}.`,
  );
  const summary = [reason.summary, ...sentences].join(' ');
  return { ...decision, reason: { ...reason, summary, modelFaults } };
}
