import { CsvError, parse } from 'csv-parse/sync';
import { InputError } from '#adapters/local/input-error.ts';
import { countLines } from './count-lines.ts';
import type { CsvBlock } from './csv-blocks.ts';

export type CsvRecord = readonly string[];

/** Records of a block. A blank line is a record with one empty cell. */
export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  /** Line on which a record starts, counted from 1. */
  lineOf(record: number): number;
}

const LINE_ENDS = ['\r\n', '\n', '\r'];

/**
 * Splits complete records by RFC 4180. CRLF, LF and CR outside quotes end a line.
 * @throws InputError that names the line with incorrect quotes.
 */
export function csvRecords(file: string, { text, line }: CsvBlock, delimiter: string): CsvRecords {
  if (text.includes('"')) return quotedRecords(file, { text, line }, delimiter);
  const lines = text.split(text.includes('\r') ? /\r\n|\n|\r/ : '\n');
  // There is no line after the last line end.
  if (lines.at(-1) === '') lines.pop();
  return {
    records: lines.map((each) => each.split(delimiter)),
    lineOf: (record) => line + record,
  };
}

function quotedRecords(file: string, { text, line }: CsvBlock, delimiter: string): CsvRecords {
  const options = { delimiter, record_delimiter: LINE_ENDS, relax_column_count: true };
  const until = (count: number): readonly CsvRecord[] =>
    count === 0 ? [] : parse(text, { ...options, to: count });
  const lineAfter = (records: readonly CsvRecord[]) => line + linesOf(records);
  try {
    const records = parse(text, options);
    return { records, lineOf: (record) => lineAfter(records.slice(0, record)) };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { records } = cause;
    const before = until(typeof records === 'number' ? records : 0);
    throw new InputError(
      { file, line: lineAfter(before), problem: quoteProblem(cause) },
      { cause },
    );
  }
}

function linesOf(records: readonly CsvRecord[]): number {
  return records.reduce(
    (lines, cells) => cells.reduce((sum, cell) => sum + countLines(cell), lines + 1),
    0,
  );
}

function quoteProblem({ code, message }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'a quote is not closed';
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'something follows the closing quote of a cell';
    case 'INVALID_OPENING_QUOTE':
      return 'a quote stands within a cell that is not in quotes';
    default:
      return `cannot be read: ${message.split('\n', 1)[0]!}`;
  }
}
