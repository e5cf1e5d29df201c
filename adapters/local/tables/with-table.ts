import { InputError } from '#adapters/local/input-error.ts';
import { openCsv } from './csv-table.ts';
import type { InputKind } from './input-file.ts';
import type { InputTable } from './input-table.ts';
import { parquetTable } from './parquet-table.ts';
import { withDuckdb } from './with-duckdb.ts';
import { withPlainPath } from './with-plain-path.ts';

/** A file and how it is read. */
export interface TableSource {
  /** The name in messages, and the path unless there is one. */
  readonly file: string;
  readonly path?: string;
  readonly kind: InputKind;
  /** Delimiter of a CSV file; a comma by default. */
  readonly delimiter?: string;
  /** Names of the columns of a CSV file without a header. */
  readonly header?: readonly string[] | undefined;
}

/**
 * Runs work on a file as a table.
 * @throws InputError if the file cannot be read.
 */
export async function withTable<T>(
  { file, path: given = file, kind, delimiter = ',', header }: TableSource,
  work: (table: InputTable) => Promise<T>,
): Promise<T> {
  if (kind === 'directory') throw new InputError({ file, problem: 'is a directory' });
  if (kind === 'parquet') {
    return withPlainPath(given, (path) =>
      withDuckdb(async (connection) => work(await parquetTable(connection, { file, path }))),
    );
  }
  const table = await openCsv(given, {
    delimiter,
    gzip: kind === 'csv.gz',
    name: file,
    header,
  });
  try {
    return await work(table);
  } finally {
    await table.close();
  }
}
