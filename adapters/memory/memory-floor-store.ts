import type { FloorRecord, FloorStore } from '#adapters/aws/auto-scaling/floor-record.ts';

/** Records of changed minimums in memory, for tests and simulations. */
export function createMemoryFloorStore(): FloorStore {
  const records = new Map<string, FloorRecord>();
  return {
    read: async (applicationId) => records.get(applicationId) ?? null,
    all: async () => new Map(records),
    async write(applicationId, record) {
      if ((records.get(applicationId)?.version ?? 0) !== record.version) return false;
      records.set(applicationId, { ...record, version: record.version + 1 });
      return true;
    },
  };
}
