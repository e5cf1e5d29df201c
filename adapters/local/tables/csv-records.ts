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
  try {
    const records = parse(text, options);
    let lines: Float64Array | null = null;
    // Line ends in quotes take long to count, and few blocks are asked for them.
    return { records, lineOf: (record) => (lines ??= startLines(records, line))[record] ?? NaN };
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const { records } = cause;
    const before = until(typeof records === 'number' ? records : 0);
    throw new InputError(
      { file, line: startLines(before, line).at(-1)!, problem: quoteProblem(cause) },
      { cause },
    );
  }
}

/** Line on which each record starts, and the one after the last. */
function startLines(records: readonly CsvRecord[], first: number): Float64Array {
  const lines = new Float64Array(records.length + 1).fill(first);
  for (const [record, cells] of records.entries()) {
    lines[record + 1] = cells.reduce((sum, cell) => sum + countLines(cell), lines[record]! + 1);
  }
  return lines;
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
