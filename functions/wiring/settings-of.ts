import type { FunctionConfiguration } from '#cdk/configuration/function-environment.ts';
import { defaultsOfType } from '#core/allocate/default-footprint.ts';
import { DEFAULT_SETTINGS, type Settings, type TypeDefaults } from '#core/settings.ts';

/** The engine's settings: its defaults with what the deployment was told laid over them. */
export function settingsOf(configuration: FunctionConfiguration): Settings {
  const { horizonSteps, costs, defaultsByType } = configuration;
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
          Object.entries(defaultsByType).map(([type, told]) => [type, laidOver(type, told)]),
        ),
      },
    },
  };
}

/** A type starts from its own built-in defaults, or from the fallback's. */
function laidOver(
  type: string,
  told: FunctionConfiguration['defaultsByType'][string],
): TypeDefaults {
  const defaults = defaultsOfType(type, DEFAULT_SETTINGS.allocation);
  return {
    minInstances: told.minInstances ?? defaults.minInstances,
    maxInstances: told.maxInstances ?? defaults.maxInstances,
    allocation: { ...defaults.allocation, ...defined(told.allocation) },
    instanceCapacity: { ...defaults.instanceCapacity, ...defined(told.instanceCapacity) },
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without the keys that are there and undefined. */
function defined<T extends object>(part: T | undefined): Defined<T> {
  const given = Object.entries(part ?? {}).filter(([, value]) => value !== undefined);
  // Only undefined values were taken out.
  return Object.fromEntries(given) as Defined<T>;
}
