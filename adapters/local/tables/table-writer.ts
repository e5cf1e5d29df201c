import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { csvLine, type Cell } from './csv-line.ts';
import { sqlName, sqlText } from './sql-text.ts';
import { withDuckdb } from './with-duckdb.ts';
import { withPlainPath } from './with-plain-path.ts';

export interface OutputColumn {
  readonly name: string;
  /** Type of the column in a Parquet file: `instant` is a time with the zone UTC. */
  readonly type: 'text' | 'number' | 'integer' | 'time' | 'instant';
}

/**
 * Writes rows into a CSV, CSV.gz or Parquet file. The file appears, complete, when the writer is
 * closed.
 */
export interface TableWriter {
  /** Resolves when the next row can be written. A null is an empty cell. */
  write(row: readonly Cell[]): Promise<void>;
  /** Writes whole lines of `csvLine`: a promise per row would be slow for many short rows. */
  writeLines(lines: string): Promise<void>;
  close(): Promise<void>;
  /** Removes everything written so far; does nothing after `close`. */
  discard(): Promise<void>;
}

/**
 * Opens a table for writing. The file ending selects the format; CSV is the default. A special file
 * such as /dev/stdout is written to directly.
 * @throws whatever the file system throws if the path cannot be written.
 */
export async function createTableWriter(
  path: string,
  columns: readonly OutputColumn[],
): Promise<TableWriter> {
  const stats = await stat(path).catch(() => null);
  if (stats?.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' });
  const isSpecial = stats !== null && !stats.isFile();
  const temporary = isSpecial ? path : `${path}.${process.pid}.tmp`;
  const target = createWriteStream(temporary);
  await opened(target);
  const source = new PassThrough();
  const written = path.endsWith('.gz')
    ? pipeline(source, createGzip(), target)
    : pipeline(source, target);
  // The failure is thrown by the next `write` or by `close`.
  written.catch(() => undefined);
  let piece = csvLine(columns.map(({ name }) => name));
  const flush = async () => {
    const isFull = !source.write(piece);
    piece = '';
    if (isFull) await Promise.race([written, once(source, 'drain')]);
  };
  const writeLines = async (lines: string) => {
    piece += lines;
    if (piece.length >= PIECE_LENGTH) await flush();
  };
  return {
    write: (row) => writeLines(csvLine(row)),
    writeLines,
    async close() {
      await flush();
      source.end();
      await written;
      if (isSpecial) return;
      if (path.endsWith('.parquet')) await replaceByParquet(temporary, columns);
      await rename(temporary, path);
    },
    async discard() {
      source.destroy();
      await written.catch(() => undefined);
      if (!isSpecial) await rm(temporary, { force: true });
    },
  };
}

/** Text is collected into large pieces, because streams are slow with small ones. */
const PIECE_LENGTH = 1 << 16;

async function opened(target: Writable): Promise<void> {
  await once(target, 'open');
}

const SQL_TYPES = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
  time: 'TIMESTAMP',
  instant: 'TIMESTAMPTZ',
} as const;
/** Far above the longest record that can be read. */
const LONGEST_LINE_BYTES = 8_000_000;

/** Replaces the CSV file by a Parquet file of the same name. */
async function replaceByParquet(file: string, columns: readonly OutputColumn[]): Promise<void> {
  const converted = `${file}.parquet`;
  try {
    await withPlainPath(file, (path) => convert(path, resolve(converted), columns));
    await rename(converted, file);
  } finally {
    await rm(converted, { force: true });
  }
}

async function convert(from: string, to: string, columns: readonly OutputColumn[]): Promise<void> {
  const types = columns.map(({ name, type }) => `${sqlText(name)}: '${SQL_TYPES[type]}'`);
  const csv = `read_csv(${sqlText(from)}, auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', nullstr = '', hive_partitioning = false, max_line_size = ${LONGEST_LINE_BYTES},
    columns = {${types.join(', ')}})`;
  const names = columns.map(({ name }) => sqlName(name)).join(', ');
  await withDuckdb((connection) =>
    connection.run(`COPY (SELECT ${names} FROM ${csv}) TO ${sqlText(to)} (FORMAT parquet)`),
  );
}
