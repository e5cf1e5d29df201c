import type { DuckDBConnection } from '@duckdb/node-api';
import { InputError } from '#adapters/local/input-error.ts';
import { isInCalendar } from '#adapters/local/times/calendar-range.ts';
import {
  cellNumber,
  cellProblem,
  checkedNumber,
  isTime,
  UNUSABLE,
  type RequestedColumn,
} from './column-kind.ts';
import type { InputPiece, InputRow, InputTable } from './input-table.ts';
import { parquetColumn, type ParquetColumn } from './parquet-column.ts';
import { sqlName, sqlText } from './sql-text.ts';
import { tableError } from './table-error.ts';

interface Column {
  /** The name as written in the file. */
  readonly written: string;
  readonly type: string;
}

/**
 * Opens a Parquet file. Folders in its path that look like partitions are not interpreted.
 * @param path path from `withPlainPath`; `file` is its name in messages.
 * @throws InputError if it is not a complete Parquet file.
 */
export async function parquetTable(
  connection: DuckDBConnection,
  { file, path }: { readonly file: string; readonly path: string },
): Promise<InputTable> {
  const from = `read_parquet(${sqlText(path)}, hive_partitioning = false)`;
  const refuse = (cause: unknown) => Promise.reject(toInputError(file, cause));
  const query = async (sql: string) =>
    (await connection.runAndReadAll(sql).catch(refuse)).getRowObjectsJson();
  const byName = new Map<string, Column>();
  for (const row of await query(`DESCRIBE SELECT * FROM ${from}`)) {
    const written = String(row['column_name']);
    const name = written.trim().toLowerCase();
    if (!byName.has(name)) byName.set(name, { written, type: String(row['column_type']) });
  }
  const columnNamed = (name: string): Column => {
    const column = byName.get(name);
    if (column === undefined) throw new InputError({ file, column: name, problem: 'missing' });
    return column;
  };
  return {
    file,
    columns: [...byName.keys()],
    async first(name) {
      const { written, type } = columnNamed(name);
      const [row] = await query(
        `SELECT ${cellText(sqlName(written), type)} AS cell FROM ${from} LIMIT 1`,
      );
      const cell = row?.['cell'];
      return typeof cell === 'string' && cell !== '' ? cell : null;
    },
    async *pieces(wanted) {
      const columns: ReadColumn[] = [];
      for (const { name, kind } of wanted) {
        const { written, type } = columnNamed(name);
        const column = { file, name, kind, type, cell: sqlName(written) };
        const asRead = await parquetColumn(column, (sql) =>
          query(`SELECT ${sql} AS value FROM ${from}`),
        );
        columns.push({ ...asRead, name, kind });
      }
      const sql = columns.map(({ value }) => value).join(', ');
      const result = await connection.stream(`SELECT ${sql} FROM ${from}`).catch(refuse);
      let before = 0;
      for (;;) {
        const chunk = await result.fetchChunk().catch(refuse);
        // Read once: every access to `rowCount` calls DuckDB.
        const rows = chunk?.rowCount ?? 0;
        if (!chunk || rows === 0) break;
        const cells = columns.map((_, c) => chunk.getColumnVector(c));
        const cell = (c: number, row: number) => cells[c]?.getItem(row);
        yield parquetPiece(file, columns, { rows, before, cell });
        before += rows;
      }
      if (before === 0) throw new InputError({ file, problem: 'has a header but no rows' });
    },
  };
}

/** SQL of a cell's text; a typed time is written as a row of the column gives it. */
function cellText(cell: string, type: string): string {
  if (!/^(TIMESTAMP|DATE)/.test(type)) return `trim(${cell}::VARCHAR)`;
  if (type === 'TIMESTAMP_NS') return `strftime(${cell}, '%Y-%m-%dT%H:%M:%S.%n')`;
  const zone = type.endsWith('ZONE') ? 'Z' : '';
  const utc = zone === '' ? `${cell}::TIMESTAMP` : `make_timestamp(epoch_us(${cell}))`;
  return `CASE WHEN isfinite(${cell}) THEN strftime(${utc}, '%Y-%m-%dT%H:%M:%S${zone}') END`;
}

/** Errors of DuckDB have the class Error itself. */
function toInputError(file: string, cause: unknown): unknown {
  return cause instanceof Error && cause.constructor === Error ? tableError(file, cause) : cause;
}

interface ReadChunk {
  readonly rows: number;
  /** Number of the file's rows before this chunk. */
  readonly before: number;
  cell(column: number, row: number): unknown;
}

type ReadColumn = ParquetColumn & RequestedColumn;

function parquetPiece(
  file: string,
  columns: readonly ReadColumn[],
  { rows, before, cell }: ReadChunk,
): InputPiece {
  const textOf = (c: number, row: number): string | null => {
    const value = cell(c, row);
    return value === null || value === undefined ? null : String(value).trim() || null;
  };
  const numbers = columns.map((column, c) => {
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) values[row] = numberOf(column, cell(c, row));
    return values;
  });
  for (let row = 0; row < rows; row++) {
    const c = numbers.findIndex((values) => values[row] === UNUSABLE);
    const unusable = columns[c];
    if (unusable === undefined) continue;
    const problem = cellProblem(unusable.kind, textOf(c, row) ?? '');
    throw new InputError({ file, row: before + row + 1, column: unusable.name, problem });
  }
  const at = { row: 0 };
  const numberAt = (c: number) => numbers[c]?.[at.row] ?? NaN;
  const visited: InputRow = {
    text: (c) => columns[c]?.text?.(numberAt(c)) ?? textOf(c, at.row),
    number: numberAt,
  };
  return {
    rows,
    each(visit) {
      for (at.row = 0; at.row < rows; at.row++) visit(visited);
    },
  };
}

/** A text column has 0, or UNUSABLE if a required cell is missing. */
function numberOf({ kind }: ReadColumn, value: unknown): number {
  if (kind === 'optional-text') return 0;
  const text = typeof value === 'string' ? value.trim() : null;
  if (kind === 'text') return value === null || text === '' ? UNUSABLE : 0;
  if (text !== null) return cellNumber(kind, text);
  if (typeof value === 'number') {
    return isTime(kind) && !isInCalendar(value) ? UNUSABLE : checkedNumber(kind, value);
  }
  return isTime(kind) ? UNUSABLE : NaN;
}
