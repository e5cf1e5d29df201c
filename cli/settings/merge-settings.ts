import { laidOver } from '#core/domain/laid-over.ts';
import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import type {
  AllocationSettings,
  DetectionSettings,
  Settings,
  TrainingSettings,
  TypeDefaults,
} from '#core/domain/settings.ts';
import type { SettingsFile } from './settings-schema.ts';

type AllocationPart = NonNullable<SettingsFile['allocation']>;
type TypePart = NonNullable<AllocationPart['defaultsByType']>[string];

/** The settings with everything replaced that the file says. A type it adds starts from the fallback's defaults. */
export function mergeSettings(settings: Settings, file: SettingsFile): Settings {
  return {
    stepSeconds: file.stepSeconds ?? settings.stepSeconds,
    resources: file.resources ?? settings.resources,
    training: mergeTraining(settings.training, file.training ?? {}),
    allocation: mergeAllocation(settings.allocation, file.allocation ?? {}),
    detection: mergeDetection(settings.detection, file.detection ?? {}),
    clustering: laidOver(settings.clustering, file.clustering),
  };
}

function mergeTraining(
  defaults: TrainingSettings,
  { network, ...others }: NonNullable<SettingsFile['training']>,
): TrainingSettings {
  return { ...laidOver(defaults, others), network: laidOver(defaults.network, network) };
}

function mergeDetection(
  defaults: DetectionSettings,
  { minimumDeviation, missing, digest, ...others }: NonNullable<SettingsFile['detection']>,
): DetectionSettings {
  return {
    ...laidOver(defaults, others),
    minimumDeviation: laidOver(defaults.minimumDeviation, minimumDeviation),
    missing: laidOver(defaults.missing, missing),
    digest: laidOver(defaults.digest, digest),
  };
}

function mergeAllocation(defaults: AllocationSettings, part: AllocationPart): AllocationSettings {
  const { targetUtilization, defaultsByType = {}, ...numbers } = part;
  const types = Object.entries(defaultsByType).map(
    ([type, told]) => [type, mergeType(defaultsOfType(type, defaults), told)] as const,
  );
  return {
    ...laidOver(defaults, numbers),
    targetUtilization: laidOver(defaults.targetUtilization, targetUtilization),
    defaultsByType: { ...defaults.defaultsByType, ...Object.fromEntries(types) },
  };
}

function mergeType(defaults: TypeDefaults, told: TypePart): TypeDefaults {
  const { allocation, instanceCapacity, ...limits } = told;
  return {
    ...laidOver(defaults, limits),
    allocation: laidOver(defaults.allocation, allocation),
    instanceCapacity: laidOver(defaults.instanceCapacity, instanceCapacity),
  };
}
