import { InputError } from '#adapters/local/input-error.ts';
import {
  cellNumber,
  cellProblem,
  UNUSABLE,
  type ColumnKind,
  type RequestedColumn,
} from './column-kind.ts';
import { csvBlocks } from './csv-blocks.ts';
import { csvHeader, requireOnce } from './csv-header.ts';
import { csvRecords, type CsvRecord, type CsvRecords } from './csv-records.ts';
import type { InputPiece, InputRow, InputTable } from './input-table.ts';

export interface CsvFormat {
  readonly delimiter: string;
  readonly gzip: boolean;
  /** The file's name in messages; its path by default. */
  readonly name?: string | undefined;
  /** Names of the columns of a file without a header, in lower case. */
  readonly header?: readonly string[] | undefined;
}

/** A CSV file whose header was read. It is closed when its pieces end, or by `close`. */
export interface CsvTable extends InputTable {
  close(): Promise<void>;
}

/** Rows of one block: records that are not blank, each with its number in the block. */
interface Rows {
  readonly records: readonly CsvRecord[];
  lineOf(row: number): number;
}

/**
 * Opens a CSV file (RFC 4180; blank lines are ignored).
 * @throws InputError if it has no header or cannot be read.
 */
export async function openCsv(path: string, format: CsvFormat): Promise<CsvTable> {
  const { name: file = path } = format;
  const blocks = rowBlocks(path, format);
  const header = await nextRows(blocks);
  const [firstRecord] = header.records;
  if (firstRecord === undefined) throw new InputError({ file, problem: 'has no header' });
  const names = format.header ?? csvHeader({ file, ...format }, firstRecord, header.lineOf(0));
  const rows = format.header ? header : await rowsAfter(header, blocks);
  return {
    file,
    columns: names.filter((name) => name !== ''),
    async first(column) {
      const cell = rows.records[0]?.[names.indexOf(column)];
      return cell === undefined || cell.trim() === '' ? null : cell.trim();
    },
    async *pieces(wanted) {
      const columns = wanted.map(({ name, kind }) => {
        return { name, kind, at: requireOnce(file, names, name) };
      });
      const table = { file, names, columns };
      let count = 0;
      for await (const block of following(rows, blocks)) {
        const piece = csvPiece(table, block);
        count += piece.rows;
        if (piece.rows > 0) yield piece;
      }
      if (count === 0) throw new InputError({ file, problem: 'has a header but no rows' });
    },
    close: async () => void (await blocks.return()),
  };
}

/** A block may hold the header alone, for example where the last line has no end. */
async function rowsAfter(
  header: Rows,
  blocks: AsyncGenerator<Rows, void, undefined>,
): Promise<Rows> {
  return header.records.length > 1 ? withoutHeader(header) : nextRows(blocks);
}

function withoutHeader({ records, lineOf }: Rows): Rows {
  return { records: records.slice(1), lineOf: (row) => lineOf(row + 1) };
}

async function nextRows(blocks: AsyncGenerator<Rows, void, undefined>): Promise<Rows> {
  const next = await blocks.next();
  return next.done ? { records: [], lineOf: () => 1 } : next.value;
}

async function* following(first: Rows, others: AsyncGenerator<Rows>): AsyncGenerator<Rows> {
  yield first;
  yield* others;
}

/** Blocks with at least one row. */
async function* rowBlocks(
  path: string,
  { delimiter, gzip, name = path }: CsvFormat,
): AsyncGenerator<Rows, void, undefined> {
  for await (const block of csvBlocks(path, { gzip, name })) {
    const rows = withoutBlankLines(csvRecords(name, block, delimiter));
    if (rows.records.length > 0) yield rows;
  }
}

function withoutBlankLines(all: CsvRecords): Rows {
  const isBlank = (cells: CsvRecord) => cells.length === 1 && cells[0]?.trim() === '';
  if (!all.records.some(isBlank)) return all;
  const lines = all.records.flatMap((cells, record) =>
    isBlank(cells) ? [] : [all.lineOf(record)],
  );
  return {
    records: all.records.filter((cells) => !isBlank(cells)),
    lineOf: (row) => lines[row] ?? NaN,
  };
}

interface NamedColumn extends RequestedColumn {
  /** Index of the column's cell in a record. */
  readonly at: number;
}

interface Table {
  readonly file: string;
  readonly names: readonly string[];
  readonly columns: readonly NamedColumn[];
}

function csvPiece(table: Table, rows: Rows): InputPiece {
  const { columns } = table;
  const { records } = rows;
  requireCells(table, rows);
  const numbers = columns.map((column) => numbersOf(column, records));
  requireUsable(table, rows, numbers);
  const row = { at: 0 };
  const visited: InputRow = {
    text: (column) => trimmedCell(records[row.at], columns[column]?.at) || null,
    number: (column) => numbers[column]?.[row.at] ?? NaN,
  };
  return {
    rows: records.length,
    each(visit) {
      for (row.at = 0; row.at < records.length; row.at++) visit(visited);
    },
  };
}

/**
 * Checks the number of cells. A row may have more cells than the header if these are empty, and may
 * omit the cells of columns without a name.
 */
function requireCells({ file, names }: Table, { records, lineOf }: Rows): void {
  const named = names.findLastIndex((name) => name !== '') + 1;
  for (const [row, cells] of records.entries()) {
    const isRight =
      cells.length === names.length ||
      (cells.length >= named && cells.slice(names.length).every((cell) => cell.trim() === ''));
    if (isRight) continue;
    const problem = `has ${cells.length} cells where the header has ${names.length}`;
    throw new InputError({ file, line: lineOf(row), problem });
  }
}

const isNumeric = (kind: ColumnKind): boolean => kind !== 'text' && kind !== 'optional-text';

/** A column without a name may have no cell in a record. */
function trimmedCell(cells: CsvRecord | undefined, at: number | undefined): string {
  return cells?.[at ?? -1]?.trim() ?? '';
}

/** Values of a column. A text column has 0, or UNUSABLE if a required cell is missing. */
function numbersOf({ kind, at }: NamedColumn, records: readonly CsvRecord[]): Float64Array {
  const values = new Float64Array(records.length);
  if (kind === 'optional-text') return values;
  records.forEach((cells, row) => {
    const text = trimmedCell(cells, at);
    if (isNumeric(kind)) values[row] = cellNumber(kind, text);
    else if (text === '') values[row] = UNUSABLE;
  });
  return values;
}

function requireUsable(
  { file, columns }: Table,
  { records, lineOf }: Rows,
  numbers: readonly Float64Array[],
): void {
  const faults = columns.flatMap((column, c) => {
    const row = numbers[c]?.indexOf(UNUSABLE) ?? -1;
    return row < 0 ? [] : [{ column, row }];
  });
  if (faults.length === 0) return;
  const { column, row } = faults.reduce((first, fault) => (fault.row < first.row ? fault : first));
  const problem = cellProblem(column.kind, trimmedCell(records[row], column.at));
  throw new InputError({ file, line: lineOf(row), column: column.name, problem });
}
