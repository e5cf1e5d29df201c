import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { createStoreFile } from './create-store-file.ts';
import { ensureSchema, isOfThisVersion } from './ensure-schema.ts';
import { rowsOf, type Row, type Values } from './rows-of.ts';
import { StoreError, toStoreError } from './store-error.ts';

/** One open database file: transactions in sequence on one connection, reads on a second one. */
export interface StoreDatabase {
  readonly file: string;
  /** Rows of a query; 64-bit integers are returned as text. */
  rows(sql: string, values?: Values): Promise<readonly Row[]>;
  /** Runs work on the connection for reading. */
  read<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Runs work in one transaction: if it throws or the process ends, nothing is stored. */
  write<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Waits for pending operations, then closes the file and releases its lock. */
  close(): Promise<void>;
}

/** Others can read beside a reader; a writer is alone. */
export type StoreAccess = 'read' | 'write';

/**
 * Opens a store. To write, it is created where there is none. To read, it has to exist, `write`
 * fails, and a store of an earlier version is opened to write all the same: it has to be migrated.
 * @throws StoreError if the file is locked, not a store of this version, or cannot be written.
 */
export async function openStoreDatabase(
  file: string,
  access: StoreAccess = 'write',
): Promise<StoreDatabase> {
  const database = await connectTo(file, access);
  try {
    if (access === 'write') await database.write((connection) => ensureSchema(connection, file));
    else if (!(await database.read((connection) => isOfThisVersion(connection, file)))) {
      await database.close();
      return await openStoreDatabase(file, 'write');
    }
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function connectTo(file: string, access: StoreAccess): Promise<StoreDatabase> {
  const open = async (): Promise<DuckDBInstance> => {
    if (access === 'read') return DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
    await createStoreFile(file);
    return DuckDBInstance.create(file);
  };
  const instance = await open().catch((cause: unknown) =>
    Promise.reject(toStoreError(file, cause)),
  );
  const [reader, writer] = [await instance.connect(), await instance.connect()];
  const pending = new Set<Promise<unknown>>();
  let lastWrite: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | null = null;

  const tracked = <T>(work: () => Promise<T>): Promise<T> => {
    if (closing) return Promise.reject(new StoreError('failed', `store ${file} is closed`));
    const result = work().catch((cause: unknown) => Promise.reject(toCallerError(file, cause)));
    const settled = result.then(ignore, ignore).finally(() => pending.delete(settled));
    pending.add(settled);
    return result;
  };
  const write = <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> =>
    tracked(() => {
      const result = lastWrite.then(() => inTransaction(writer, work));
      lastWrite = result.then(ignore, ignore);
      return result;
    });
  const close = async () => {
    await Promise.all(pending);
    reader.closeSync();
    writer.closeSync();
    instance.closeSync();
  };
  return {
    file,
    rows: (sql, values) => tracked(() => rowsOf(reader, sql, values)),
    read: (work) => tracked(() => work(reader)),
    write,
    close: () => (closing ??= close()),
  };
}

function ignore(): void {
  // The caller of the operation receives its error.
}

async function inTransaction<T>(
  connection: DuckDBConnection,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  await connection.run('BEGIN TRANSACTION');
  try {
    const result = await work(connection);
    await connection.run('COMMIT');
    return result;
  } catch (cause) {
    // After a failed COMMIT the ROLLBACK fails too. The first error is the relevant one.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw cause;
  }
}

/** Converts database errors to StoreErrors. Errors that the caller's work threw pass unchanged. */
function toCallerError(file: string, cause: unknown): unknown {
  const isDatabaseError = cause instanceof Error && cause.constructor === Error;
  return isDatabaseError ? toStoreError(file, cause) : cause;
}
