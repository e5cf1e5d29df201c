import type { AllocationDecision } from '#core/domain/allocation.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';
import { formatAmount, formatShare, formatTime, formatWhole } from '#html-report/text/format.ts';

/** An application profile as text. `clusters` contains the application's own, if it has one. */
export function profileLines(
  profile: ApplicationProfile,
  clusters: readonly ClusterProfile[],
  allocation: AllocationDecision | null,
): readonly string[] {
  const { applicationId, applicationType, clusterId, version } = profile;
  const cluster = clusters.find((candidate) => candidate.clusterId === clusterId);
  return [
    `${applicationId} (type ${applicationType ?? 'unknown'}, profile version ${version})`,
    `cluster: ${cluster?.name ?? clusterId ?? 'none, it has a profile of its own'}`,
    ...RESOURCES.flatMap((resource) => resourceLines(profile, resource)),
    ...allocationLines(allocation),
  ];
}

function resourceLines(
  { historicalData, predictiveModel }: ApplicationProfile,
  resource: (typeof RESOURCES)[number],
): readonly string[] {
  const history = historicalData[resource];
  const model = predictiveModel[resource];
  const measured = history
    ? `${formatWhole(history.points)} points from ${formatTime(history.fromSeconds)} to ${formatTime(history.toSeconds)}, ${formatWhole(history.missing)} missing`
    : 'no history';
  const learnt = model
    ? `${model.model}, loss ${model.reliability.loss.toFixed(3)}, 80 % interval holds ${formatShare(model.reliability.coverage80)}`
    : 'no model of its own';
  return history || model ? [`${resource}: ${measured}; ${learnt}`] : [];
}

function allocationLines(allocation: AllocationDecision | null): readonly string[] {
  if (allocation === null) return ['allocation: none yet'];
  const amounts = RESOURCES.map(
    (resource) => `${resource} ${formatAmount(resource, allocation.allocated[resource])}`,
  );
  return [
    `allocation of ${formatTime(allocation.decidedAtSeconds)}: ${allocation.instances} instances, ${amounts.join(', ')}`,
  ];
}
