import { perResource, type Footprint } from '#core/domain/footprint.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';
import { FALLBACK_TYPE, type TypeDefaults } from '#core/domain/settings/type-defaults.ts';

/** Defaults of an application's type, or those of the fallback for a type without defaults. */
export function defaultsOfType(
  type: string | null,
  { defaultsByType }: AllocationSettings,
): TypeDefaults {
  // A type may be called `constructor`.
  const isConfigured = type !== null && Object.hasOwn(defaultsByType, type);
  const defaults = defaultsByType[isConfigured ? type : FALLBACK_TYPE];
  if (!defaults) {
    throw new RangeError(`no defaults for type "${type}" and none for "${FALLBACK_TYPE}"`);
  }
  return defaults;
}

/** Footprint of a new deployment: the requested amounts, and the type's defaults for the others. */
export function defaultFootprint(
  type: string | null,
  requested: Footprint | null,
  settings: AllocationSettings,
): Footprint {
  const { allocation } = defaultsOfType(type, settings);
  return perResource((resource) => requested?.[resource] ?? allocation[resource]);
}
