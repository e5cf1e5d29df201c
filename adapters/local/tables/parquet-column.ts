import { InputError } from '#adapters/local/input-error.ts';
import { timeWriter } from '#adapters/local/times/time-writer.ts';
import { isTime, type ColumnKind } from './column-kind.ts';

/** How to fetch a column of a Parquet file. */
export interface ParquetColumn {
  /** SQL of its value: a number, or text that is parsed like that of a CSV file. */
  readonly value: string;
  /** Formats the value of a typed time as text. */
  readonly text?: (unixSeconds: number) => string;
}

interface AskedColumn {
  readonly file: string;
  readonly name: string;
  readonly kind: ColumnKind;
  /** DuckDB's type. */
  readonly type: string;
  /** SQL of its cell. */
  readonly cell: string;
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;
const TEXT = /^(VARCHAR|ENUM.*|UUID|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/;
const TYPED_TIME = /^(TIMESTAMP.*|DATE)$/;
/** FLOAT is not precise enough for a Unix time. */
const TIME_NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DOUBLE|DECIMAL.*)$/;

/**
 * How to fetch a column as the requested kind.
 * @param query returns the rows of an aggregate over the file, in the column `value`.
 * @throws InputError if the column's type cannot be read as this kind.
 */
export async function parquetColumn(
  column: AskedColumn,
  query: (sql: string) => Promise<readonly Record<string, unknown>[]>,
): Promise<ParquetColumn> {
  const { kind, type, cell } = column;
  const refuse = (expected: string): never => {
    const problem = `has type ${type} instead of ${expected}`;
    throw new InputError({ file: column.file, column: column.name, problem });
  };
  const asText = { value: `${cell}::VARCHAR` };
  if (type === 'VARCHAR') return asText;
  if (kind === 'optional-text' && type === 'BOOLEAN') return asText;
  if (kind === 'text' || kind === 'optional-text') return TEXT.test(type) ? asText : refuse('text');
  if (!isTime(kind)) {
    return NUMBER.test(type) ? { value: `try_cast(${cell} AS DOUBLE)` } : refuse('a number');
  }
  if (TYPED_TIME.test(type)) return typedTime(cell, type, await fractionDigits(cell, type, query));
  return TIME_NUMBER.test(type) ? asText : refuse('a timestamp');
}

function typedTime(cell: string, type: string, digits: number): ParquetColumn {
  const zone = type.endsWith('ZONE') ? 'Z' : '';
  if (digits === 9) return { value: `strftime(${cell}, '%Y-%m-%dT%H:%M:%S.%n${zone}')` };
  const fraction = digits === 0 ? '' : `.${'0'.repeat(digits)}`;
  const write = timeWriter(`2026-01-31T00:00:00${fraction}${zone}`);
  const stamp = zone === '' ? `${cell}::TIMESTAMP` : cell;
  const value = `CASE WHEN isfinite(${cell}) THEN epoch_us(${stamp}) / 1000000 END`;
  return { value, text: write };
}

/** Number of fractional digits of a second that the column's times need: 0, 3, 6 or 9. */
async function fractionDigits(
  cell: string,
  type: string,
  query: (sql: string) => Promise<readonly Record<string, unknown>[]>,
): Promise<number> {
  if (type === 'DATE' || type === 'TIMESTAMP_S') return 0;
  const isNano = type === 'TIMESTAMP_NS';
  const count = isNano ? `epoch_ns(${cell}) % 1000000000` : `epoch_us(${cell}) % 1000000 * 1000`;
  const needs = `CASE WHEN ${count} = 0 THEN 0 WHEN ${count} % 1000000 = 0 THEN 3
    WHEN ${count} % 1000 = 0 THEN 6 ELSE 9 END`;
  const [row] = await query(`max(CASE WHEN isfinite(${cell}) THEN ${needs} END)`);
  return Number(row?.['value'] ?? 0);
}
