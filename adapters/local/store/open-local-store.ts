import { join } from 'node:path';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import type { IncidentStore } from '#core/controller/incident-store.ts';
import type { HistoryStore, ProfileStore } from '#core/domain/ports.ts';
import { createDuckdbHistoryStore } from './duckdb-history-store.ts';
import { createDuckdbIncidentStore } from './duckdb-incident-store.ts';
import { createDuckdbProfileStore, type OnUnreadable } from './duckdb-profile-store.ts';
import { openStoreDatabase, type StoreAccess, type StoreDatabase } from './store-database.ts';
import { toStoreError } from './store-error.ts';

/** Default directory of the store: in the working directory. */
export const DEFAULT_STORE_DIRECTORY = '.foreprint';

export interface LocalStore {
  readonly history: HistoryStore;
  readonly profiles: ProfileStore;
  readonly incidents: IncidentStore;
  /** The open file, for upkeep. */
  readonly database: StoreDatabase;
  /** Waits for pending operations, then releases the lock. */
  close(): Promise<void>;
}

/**
 * Opens or creates DIRECTORY/store.duckdb. Only one process can open the store to write, and none
 * can read it meanwhile; several can read it at once. If the process is killed, the store contains
 * everything up to the last completed call.
 * @param onUnreadable called for profiles and clusters that lists omit, see
 * `createDuckdbProfileStore`.
 * @throws StoreError if another process has it open, if it is not a store, or if it cannot be
 * written.
 */
export async function openLocalStore(
  directory: string = DEFAULT_STORE_DIRECTORY,
  onUnreadable?: OnUnreadable,
  access: StoreAccess = 'write',
): Promise<LocalStore> {
  try {
    if (access === 'write') await makeDirectory(directory);
  } catch (cause) {
    throw toStoreError(directory, cause);
  }
  const database = await openStoreDatabase(join(directory, 'store.duckdb'), access);
  return {
    database,
    history: createDuckdbHistoryStore(database),
    profiles: createDuckdbProfileStore(database, onUnreadable),
    incidents: createDuckdbIncidentStore(database),
    close: () => database.close(),
  };
}
