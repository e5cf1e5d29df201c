import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileModelStore } from '#adapters/local/file-model-store.ts';
import { abortableSleep } from '#adapters/local/host/abortable-sleep.ts';
import { openLocalStore, type LocalStore } from '#adapters/local/store/open-local-store.ts';
import type { StoreAccess } from '#adapters/local/store/store-database.ts';
import { StoreError } from '#adapters/local/store/store-error.ts';
import { Interruption, untilInterrupted } from '#cli/context/interruption.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import type { ModelStore } from '#core/domain/ports.ts';

export interface OpenStore extends LocalStore {
  readonly directory: string;
  readonly models: ModelStore;
}

export interface StoreUse {
  readonly directory: string;
  readonly signal: AbortSignal;
  /** How long to wait for a store that another process has; a second where absent. */
  readonly waitSeconds?: number | undefined;
  /** `read` for commands that change nothing; `write` where absent. */
  readonly access?: StoreAccess;
}

/**
 * Opens or creates a store, and closes it after the work. After Ctrl-C it contains all completed
 * calls.
 */
export async function withStore<T>(
  { directory, signal, waitSeconds, access = 'write' }: StoreUse,
  work: (store: OpenStore) => Promise<T>,
): Promise<T> {
  const store = await openWhenFree(() => openLocalStore(directory, noteOnce(), access), {
    signal,
    waitSeconds,
  });
  try {
    const models = createFileModelStore(directory);
    return await untilInterrupted(signal, work({ ...store, directory, models }));
  } finally {
    await store.close();
  }
}

/**
 * `record` and `monitor` lock a store for milliseconds at a time. A lock that lasts longer is an
 * error, unless the user wants to wait.
 */
const DEFAULT_WAIT_SECONDS = 0.75;
const PAUSE_MS = 250;

/** Opens a store, again and again while another process has it, until the wait is over. */
export async function openWhenFree<T>(
  open: () => Promise<T>,
  { signal, waitSeconds = DEFAULT_WAIT_SECONDS }: Pick<StoreUse, 'signal' | 'waitSeconds'>,
): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return await open();
    } catch (error) {
      const isBusy = error instanceof StoreError && error.fault === 'locked';
      if (!isBusy || waitedMs >= waitSeconds * 1000) throw error;
      if (signal.aborted) throw new Interruption();
      await abortableSleep(PAUSE_MS, signal);
    }
  }
}

/** One unreadable profile or cluster is left out of lists, and named once on standard error. */
function noteOnce(): (error: Error) => void {
  const noted = new Set<string>();
  return ({ message }) => {
    if (noted.has(message)) return;
    noted.add(message);
    process.stderr.write(`foreprint: left out: ${message}\n`);
  };
}

/**
 * Like `withStore`, for commands that need an existing store.
 * @throws UsageError if there is no store.
 */
export async function withExistingStore<T>(
  use: StoreUse,
  work: (store: OpenStore) => Promise<T>,
): Promise<T> {
  await requireStore(use.directory);
  return withStore(use, work);
}

export function hasStore(directory: string): Promise<boolean> {
  return stat(join(directory, 'store.duckdb')).then(
    () => true,
    () => false,
  );
}

/** @throws UsageError if there is no store. */
export async function requireStore(directory: string): Promise<void> {
  if (await hasStore(directory)) return;
  throw new UsageError(
    `${directory}: there is no store yet; "foreprint import" or "foreprint record" make one`,
  );
}
