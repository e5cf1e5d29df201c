import { isoTime } from '#cli/output/iso-time.ts';
import type { AllocationDecision } from '#core/domain/allocation.ts';
import type {
  ApplicationProfile,
  HistoryReference,
  ModelReference,
} from '#core/domain/profiles.ts';
import { modelName } from '#core/text/model-name.ts';
import { crossValidationDocument } from './cross-validation-document.ts';

/** The JSON of an application profile, as the contract defines it, with the latest allocation. */
export function profileDocument(
  profile: ApplicationProfile,
  {
    allocation,
    isSimulated,
  }: { readonly allocation: AllocationDecision | null; readonly isSimulated: boolean },
): unknown {
  return {
    application_id: profile.applicationId,
    application_type: profile.applicationType,
    ...(isSimulated && { simulated: true }),
    cluster_id: profile.clusterId,
    historical_data: mapResources(profile.historicalData, historyDocument),
    predictive_model: mapResources(profile.predictiveModel, modelDocument),
    current_resource_allocation: allocation && {
      instances: allocation.instances,
      ...allocation.allocated,
      decided_at: isoTime(allocation.decidedAtSeconds),
      valid_until: isoTime(allocation.validUntilSeconds),
    },
    divergence_streak: profile.divergenceStreak,
    version: profile.version,
  };
}

function mapResources<T>(
  values: Readonly<Partial<Record<string, T>>>,
  toDocument: (value: T) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([resource, value]) =>
      value === undefined ? [] : [[resource, toDocument(value)]],
    ),
  );
}

function historyDocument(history: HistoryReference): unknown {
  return {
    store: history.store,
    from: isoTime(history.fromSeconds),
    to: isoTime(history.toSeconds),
    points: history.points,
    missing: history.missing,
  };
}

function modelDocument(reference: ModelReference): unknown {
  const { shape, reliability } = reference;
  return {
    model: reference.model,
    name: modelName(reference.composition),
    composition: reference.composition,
    file: reference.file,
    sha256: reference.sha256,
    levels: shape.levels,
    step_seconds: shape.stepSeconds,
    context: shape.context,
    horizon: shape.horizon,
    trained_from: isoTime(reference.trainedFromSeconds),
    trained_to: isoTime(reference.trainedToSeconds),
    cross_validation: crossValidationDocument(reference.crossValidation),
    reliability: {
      relative_width: reliability.relativeWidth,
      loss: reliability.loss,
      coverage_80: reliability.coverage80,
    },
  };
}
