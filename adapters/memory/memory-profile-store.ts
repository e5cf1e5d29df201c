import type { AllocationDecision } from '#core/domain/allocation.ts';
import { VersionConflict, type ProfileStore } from '#core/domain/ports.ts';
import type { ApplicationProfile, ClusterProfile } from '#core/domain/profiles.ts';

export interface MemoryProfileOptions {
  /**
   * Newest entries of the allocation log to keep per application, all by default. A replay makes
   * millions.
   */
  readonly keepDecisions?: number;
}

/**
 * Profiles and the allocation log in the memory of this process. Objects are stored without
 * copying.
 */
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
      const storedVersion = profiles.get(profile.applicationId)?.version ?? 0;
      if (storedVersion !== profile.version) {
        throw new VersionConflict(profile.applicationId, profile.version, storedVersion);
      }
      const next = { ...profile, version: storedVersion + 1 };
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
      // Entries are cut only at twice the limit, so that the amortized cost is constant.
      if (entries.length >= 2 * keepDecisions) entries.splice(0, entries.length - keepDecisions);
    },

    async allocationLog(applicationId, limit) {
      const entries = log.get(applicationId) ?? [];
      return entries.slice(Math.max(0, entries.length - Math.min(limit, keepDecisions))).reverse();
    },
  };
}

/**
 * Inserts by time, usually at the end. Returns false if the instant already has an entry: the first
 * one is kept.
 */
function insertOnce(entries: AllocationDecision[], decision: AllocationDecision): boolean {
  let at = entries.length;
  while (at > 0 && entries[at - 1]!.decidedAtSeconds > decision.decidedAtSeconds) at--;
  if (entries[at - 1]?.decidedAtSeconds === decision.decidedAtSeconds) return false;
  entries.splice(at, 0, decision);
  return true;
}
