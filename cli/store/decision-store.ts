import { createMemoryHistoryStore } from '#adapters/memory/memory-history-store.ts';
import { createMemoryIncidentStore } from '#adapters/memory/memory-incident-store.ts';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { createMemoryProfileStore } from '#adapters/memory/memory-profile-store.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { nearestName } from '#core/domain/settings/nearest-name.ts';
import type { OpenStore } from './with-store.ts';

/** Stores that a decision reads and is logged in. */
export type DecisionStore = Pick<OpenStore, 'history' | 'profiles' | 'incidents' | 'models'>;

/** Stores that are forgotten: a decision for a new application makes no store by itself. */
export function forgottenStore(): DecisionStore {
  return {
    history: createMemoryHistoryStore(),
    profiles: createMemoryProfileStore(),
    incidents: createMemoryIncidentStore(),
    models: createMemoryModelStore(),
  };
}

/**
 * The applications to decide for: those that are named, or all that are stored.
 * @param isNew whether unknown names are wanted; else one that is nearly a stored one is refused.
 * @throws UsageError for such a name, or without names if nothing is stored.
 */
export async function chosenApplications(
  { history, profiles }: DecisionStore,
  names: readonly string[],
  isNew: boolean,
): Promise<readonly string[]> {
  const stored = (await history.applications()).map(({ applicationId }) => applicationId);
  if (names.length === 0) {
    if (stored.length > 0) return stored;
    throw new UsageError(`${history.location} contains no application yet`);
  }
  for (const name of isNew ? [] : names.filter((given) => !stored.includes(given))) {
    const nearest = nearestName(name, stored);
    const isLogged = (await profiles.allocationLog(name, 1)).length > 0;
    if (nearest === null || isLogged) continue;
    throw new UsageError(
      `${history.location} contains no application "${name}"; did you mean "${nearest}"? --new decides for a new one`,
    );
  }
  return [...new Set(names)];
}
