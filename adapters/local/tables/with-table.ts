import { InputError } from '#adapters/local/input-error.ts';
import { openCsv } from './csv-table.ts';
import type { InputKind } from './input-file.ts';
import type { InputTable } from './input-table.ts';
import { parquetTable } from './parquet-table.ts';
import { withDuckdb } from './with-duckdb.ts';
import { withPlainPath } from './with-plain-path.ts';

/**
 * Runs work on a file as a table.
 * @param delimiter delimiter of a CSV file; a comma by default.
 * @throws InputError if the file cannot be read.
 */
export async function withTable<T>(
  { file, kind, delimiter = ',' }: { file: string; kind: InputKind; delimiter?: string },
  work: (table: InputTable) => Promise<T>,
): Promise<T> {
  if (kind === 'directory') throw new InputError({ file, problem: 'is a directory' });
  if (kind === 'parquet') {
    return withPlainPath(file, (path) =>
      withDuckdb(async (connection) => work(await parquetTable(connection, { file, path }))),
    );
  }
  const table = await openCsv(file, { delimiter, gzip: kind === 'csv.gz' });
  try {
    return await work(table);
  } finally {
    await table.close();
  }
}
