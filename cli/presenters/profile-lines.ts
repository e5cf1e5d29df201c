import type { AllocationDecision } from '#core/domain/allocation.ts';
import { RESOURCES } from '#core/domain/footprint.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';
import { compositionText, modelName } from '#core/text/model-name.ts';
import { formatAmount, formatShare, formatTime, formatWhole } from '#html-report/text/format.ts';

/** What `profileLines` tells beside the profile. */
export interface ProfileDetails {
  /** The latest one. */
  readonly allocation: AllocationDecision | null;
  /** Whether some of the history was simulated. */
  readonly isSimulated: boolean;
  readonly isVerbose: boolean;
}

/**
 * An application profile as text. `clusters` contains the application's own, if it has one.
 * @param isVerbose also names the families of every model and where in the horizon they serve.
 */
export function profileLines(
  profile: ApplicationProfile,
  clusters: readonly ClusterProfile[],
  { allocation, isVerbose, isSimulated }: ProfileDetails,
): readonly string[] {
  const { applicationId, applicationType, clusterId, version } = profile;
  const cluster = clusters.find((candidate) => candidate.clusterId === clusterId);
  return [
    `${applicationId} (type ${applicationType ?? 'unknown'}, profile version ${version})`,
    ...(isSimulated ? ['simulated: its history was not measured'] : []),
    `cluster: ${cluster?.name ?? clusterId ?? 'none, it has a profile of its own'}`,
    ...RESOURCES.flatMap((resource) => [
      ...resourceLines(profile, resource),
      ...(isVerbose ? compositionLines(profile, resource) : []),
    ]),
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
    ? `${modelName(model.composition)}, loss ${model.reliability.loss.toFixed(3)}, 80 % interval holds ${formatShare(model.reliability.coverage80)}`
    : 'no model of its own';
  return history || model ? [`${resource}: ${measured}; ${learnt}`] : [];
}

function compositionLines(
  { predictiveModel }: ApplicationProfile,
  resource: (typeof RESOURCES)[number],
): readonly string[] {
  const model = predictiveModel[resource];
  return model ? [`  ${resource}, ${compositionText(model.composition)}`] : [];
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
