import { join } from 'node:path';
import { makeDirectory } from '#adapters/local/make-directory.ts';
import type { HistoryStore, IncidentStore, ProfileStore } from '#core/domain/ports.ts';
import { createDuckdbHistoryStore } from './duckdb-history-store.ts';
import { createDuckdbIncidentStore } from './duckdb-incident-store.ts';
import { createDuckdbProfileStore } from './duckdb-profile-store.ts';
import { openStoreDatabase } from './store-database.ts';
import { toStoreError } from './store-error.ts';

/** Where the store is unless told: next to the work it belongs to. */
export const DEFAULT_STORE_DIRECTORY = '.foreprint';

export interface LocalStore {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
  readonly incidents: IncidentStore;
  /** Waits for what was begun, then gives up the lock. */
  close(): Promise<void>;
}

/**
 * Opens DIRECTORY/store.duckdb, or makes it. One process at a time has the store; a process that is killed leaves what
 * its last finished call left.
 * @throws StoreError if another process has it open, it is not a store, or it cannot be written.
 */
export async function openLocalStore(
  directory: string = DEFAULT_STORE_DIRECTORY,
): Promise<LocalStore> {
  try {
    await makeDirectory(directory);
  } catch (cause) {
    throw toStoreError(directory, cause);
  }
  const database = await openStoreDatabase(join(directory, 'store.duckdb'));
  return {
    history: createDuckdbHistoryStore(database),
    profiles: createDuckdbProfileStore(database),
    incidents: createDuckdbIncidentStore(database),
    close: () => database.close(),
  };
}
