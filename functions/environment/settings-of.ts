import type { FunctionConfiguration } from '#cdk/configuration/function-environment.ts';
import { defaultsOfType } from '#core/capacity/default-footprint.ts';
import { DEFAULT_SETTINGS, type Settings, type TypeDefaults } from '#core/domain/settings.ts';
import { laidOver } from '#core/domain/laid-over.ts';
import { detectionSettings } from './detection-settings.ts';

/** The engine's settings: its defaults with what the deployment was told laid over them. */
export function settingsOf(configuration: FunctionConfiguration): Settings {
  const { horizonSteps, costs, defaultsByType, detection } = configuration;
  const { training, allocation } = DEFAULT_SETTINGS;
  return {
    ...DEFAULT_SETTINGS,
    training: { ...training, horizon: horizonSteps },
    allocation: {
      ...allocation,
      shortageCost: costs.shortage,
      idleCost: costs.idle,
      defaultsByType: {
        ...allocation.defaultsByType,
        ...Object.fromEntries(
          Object.entries(defaultsByType).map(([type, told]) => [type, mergedType(type, told)]),
        ),
      },
    },
    detection: detectionSettings(detection, DEFAULT_SETTINGS.detection),
  };
}

/** A type starts from its own built-in defaults, or from the fallback's. */
function mergedType(
  type: string,
  told: FunctionConfiguration['defaultsByType'][string],
): TypeDefaults {
  const defaults = defaultsOfType(type, DEFAULT_SETTINGS.allocation);
  return {
    minInstances: told.minInstances ?? defaults.minInstances,
    maxInstances: told.maxInstances ?? defaults.maxInstances,
    allocation: laidOver(defaults.allocation, told.allocation),
    instanceCapacity: laidOver(defaults.instanceCapacity, told.instanceCapacity),
  };
}
