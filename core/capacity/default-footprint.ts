import { perResource, type Footprint } from '#core/domain/footprint.ts';
import { FALLBACK_TYPE, type TypeDefaults } from '#core/domain/settings/type-defaults.ts';
import type { AllocationSettings } from '#core/domain/settings/settings.ts';

/** The defaults of an application's type, or the fallback's for a type nobody configured. */
export function defaultsOfType(
  type: string | null,
  { defaultsByType }: AllocationSettings,
): TypeDefaults {
  // A type may be called `constructor`.
  const isConfigured = type !== null && Object.hasOwn(defaultsByType, type);
  const defaults = defaultsByType[isConfigured ? type : FALLBACK_TYPE];
  if (!defaults)
    throw new RangeError(`no defaults for type "${type}" and none for "${FALLBACK_TYPE}"`);
  return defaults;
}

/** What a new deployment gets: what it asked for where it asked, the defaults of its type elsewhere. */
export function defaultFootprint(
  type: string | null,
  requested: Footprint | null,
  settings: AllocationSettings,
): Footprint {
  const { allocation } = defaultsOfType(type, settings);
  return perResource((resource) => requested?.[resource] ?? allocation[resource]);
}
