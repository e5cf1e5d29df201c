import type { Incident } from '#core/domain/incident.ts';
import type { IncidentStore } from '#core/domain/ports.ts';

/** Monitoring state and incidents in the memory of this process. Objects are stored without copying. */
export function createMemoryIncidentStore(): IncidentStore {
  const states = new Map<string, unknown>();
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
