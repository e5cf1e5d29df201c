import { basename, dirname, extname } from 'node:path';
import { makeDirectory } from '#adapters/local/files/make-directory.ts';
import {
  createTableWriter,
  type OutputColumn,
  type TableWriter,
} from '#adapters/local/tables/table-writer.ts';
import { UsageError } from '#cli/context/usage-error.ts';
import { cannotWrite } from './output-error.ts';

/**
 * Runs work that writes the rows of a table. The file appears when all rows are written, and not at
 * all if the work fails.
 * @throws UsageError before the work starts if the file cannot be written.
 */
export async function withTable<T>(
  path: string,
  columns: readonly OutputColumn[],
  work: (write: TableWriter['write'], writeLines: TableWriter['writeLines']) => Promise<T>,
): Promise<T> {
  const table = await openTable(path, columns);
  try {
    const result = await work(
      (row) => reported(path, table.write(row)),
      (lines) => reported(path, table.writeLines(lines)),
    );
    await reported(path, table.close());
    return result;
  } catch (error) {
    await table.discard();
    throw error;
  }
}

async function openTable(path: string, columns: readonly OutputColumn[]): Promise<TableWriter> {
  const ending = extname(basename(path));
  if (ending !== '' && !/\.(csv|csv\.gz|parquet)$/i.test(path)) {
    throw new UsageError(
      `${path}: a table is not written as ${ending}; endings are .csv, .csv.gz and .parquet`,
    );
  }
  try {
    await makeDirectory(dirname(path));
    return await createTableWriter(path, columns);
  } catch (cause) {
    throw new UsageError(`${path}: ${cannotWrite(cause)}`, { cause });
  }
}

async function reported(path: string, work: Promise<void>): Promise<void> {
  await work.catch((cause: unknown) => {
    throw new Error(`${path}: ${cannotWrite(cause)}`, { cause });
  });
}
