import type { ControllerState } from '#core/controller/controller-state.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import type { Incident } from '#core/domain/incident.ts';

/**
 * The controller's state and incidents in the memory of this process. Objects are stored without
 * copying and need no parsing, because they keep their types.
 */
export function createMemoryIncidentStore(): IncidentStore {
  const states = new Map<string, ControllerState>();
  const incidents = new Map<string, Map<string, Incident>>();

  return {
    async state(applicationId) {
      return states.get(applicationId) ?? null;
    },

    async save(applicationId, state, changed) {
      states.set(applicationId, state);
      if (changed.length === 0) return;
      const known = incidents.get(applicationId) ?? new Map<string, Incident>();
      for (const incident of changed) {
        known.set(`${incident.resource} ${incident.startSeconds}`, incident);
      }
      incidents.set(applicationId, known);
    },

    async incidents(applicationId) {
      return [...(incidents.get(applicationId)?.values() ?? [])].sort(
        (a, b) => a.startSeconds - b.startSeconds || (a.resource < b.resource ? -1 : 1),
      );
    },
  };
}
