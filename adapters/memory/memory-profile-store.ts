import type { AllocationDecision } from '#core/domain/allocation.ts';
import { VersionConflict, type ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';

export interface MemoryProfileOptions {
  /** Newest entries of the allocation log kept per application; all of them unless told. A replay makes millions. */
  readonly keepDecisions?: number;
}

/** Profiles and allocation log in the memory of this process. What is put is kept as it is, not copied. */
export function createMemoryProfileStore({
  keepDecisions = Infinity,
}: MemoryProfileOptions = {}): ProfileStore {
  const profiles = new Map<string, ApplicationProfile>();
  const log = new Map<string, AllocationDecision[]>();
  let clusterProfiles: readonly ClusterProfile[] = [];

  return {
    async application(applicationId) {
      return profiles.get(applicationId) ?? null;
    },

    async applications() {
      return [...profiles.values()].sort((a, b) => (a.applicationId < b.applicationId ? -1 : 1));
    },

    async putApplication(profile) {
      const found = profiles.get(profile.applicationId)?.version ?? 0;
      if (found !== profile.version) {
        throw new VersionConflict(profile.applicationId, profile.version, found);
      }
      const next = { ...profile, version: found + 1 };
      profiles.set(next.applicationId, next);
      return next;
    },

    async clusters() {
      return clusterProfiles;
    },

    async putClusters(clusters) {
      clusterProfiles = [...clusters].sort((a, b) => (a.clusterId < b.clusterId ? -1 : 1));
    },

    async logAllocation(decision) {
      const entries = log.get(decision.applicationId) ?? [];
      log.set(decision.applicationId, entries);
      if (!insertOnce(entries, decision)) return;
      // Twice the limit before cutting: the cut costs nothing on average.
      if (entries.length >= 2 * keepDecisions) entries.splice(0, entries.length - keepDecisions);
    },

    async allocationLog(applicationId, limit) {
      const entries = log.get(applicationId) ?? [];
      return entries.slice(Math.max(0, entries.length - Math.min(limit, keepDecisions))).reverse();
    },
  };
}

/** Inserts by time, in practice at the end; false if the instant is there already: the first entry stands. */
function insertOnce(entries: AllocationDecision[], decision: AllocationDecision): boolean {
  let at = entries.length;
  while (at > 0 && entries[at - 1]!.decidedAtSeconds > decision.decidedAtSeconds) at--;
  if (entries[at - 1]?.decidedAtSeconds === decision.decidedAtSeconds) return false;
  entries.splice(at, 0, decision);
  return true;
}
