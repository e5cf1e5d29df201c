import { contentHash } from '#adapters/encoding/content-hash.ts';
import type { ModelStore } from '#core/domain/ports.ts';

/** Model files in the memory of this process. */
export function createMemoryModelStore(): ModelStore {
  const files = new Map<string, Uint8Array>();
  return {
    async put(bytes) {
      const sha256 = contentHash(bytes);
      if (!files.has(sha256)) files.set(sha256, Uint8Array.from(bytes));
      return { sha256, file: `memory:${sha256}` };
    },

    async get(sha256) {
      const bytes = files.get(sha256);
      if (!bytes) throw new Error(`no model file with hash ${sha256} in memory`);
      return Uint8Array.from(bytes);
    },
  };
}
