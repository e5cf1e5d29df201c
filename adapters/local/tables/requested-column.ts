import { InputError } from '#adapters/local/input-error.ts';
import type { TableColumn } from './input-table.ts';

/**
 * How to read a column:
 * - `text`, `time` and `integer` (a whole number) must be present in every row;
 * - `amount` is a number ≥ 0, `number` any finite number; both may be missing in a row;
 * - `optional-text` may be missing in a row.
 */
export type ColumnKind = 'text' | 'optional-text' | 'time' | 'integer' | 'amount' | 'number';

export interface RequestedColumn extends TableColumn {
  readonly kind: ColumnKind;
  /**
   * SQL of the expected value, given the SQL of the value. If both are equal, null is fetched
   * instead, because fetching text is slow.
   */
  readonly expectedSql?: (value: string) => string;
}

/** SQL of a requested column: its value, whether the cell is invalid, and the cell as text. */
export interface ColumnSql {
  readonly value: string;
  readonly isBad: string;
  readonly shown: string;
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*)$/;
const INTEGER = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const TIME = /^(TIMESTAMP.*|DATE)$/;
const TEXT = /^(VARCHAR|ENUM.*|UUID|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/;

const FITTING: Readonly<Record<ColumnKind, readonly [RegExp, string]>> = {
  text: [TEXT, 'text'],
  'optional-text': [TEXT, 'text'],
  time: [TIME, 'a timestamp'],
  integer: [INTEGER, 'an integer'],
  amount: [NUMBER, 'a number'],
  number: [NUMBER, 'a number'],
};

/** @throws InputError if the column's type cannot be read as this kind. */
export function columnSql(file: string, column: RequestedColumn): ColumnSql {
  const sql = valueSql(file, column);
  const { expectedSql: unless } = column;
  return unless ? { ...sql, value: `nullif(${sql.value}, ${unless(sql.value)})` } : sql;
}

function valueSql(file: string, column: RequestedColumn): ColumnSql {
  const { name, cell, type, kind } = column;
  const [fitting, expected] = FITTING[kind];
  if (type !== 'VARCHAR' && !fitting.test(type)) {
    throw new InputError({
      file,
      column: name,
      problem: `has type ${type} instead of ${expected}`,
    });
  }
  const trimmed = `nullif(trim(${cell}::VARCHAR, E' \\t'), '')`;
  // Typed numbers and times are not converted to text and back.
  const raw = type === 'VARCHAR' ? trimmed : cell;
  const isText = type === 'VARCHAR';
  const shown = `coalesce(${trimmed}, '')`;
  switch (kind) {
    case 'optional-text':
      return { value: trimmed, isBad: 'false', shown };
    case 'text':
      return { value: trimmed, isBad: `${trimmed} IS NULL`, shown };
    case 'time': {
      const value = `epoch(try_cast(${raw} AS ${type === 'VARCHAR' || type.endsWith('ZONE') ? 'TIMESTAMPTZ' : 'TIMESTAMP'}))`;
      return { value, isBad: `(${value} IS NULL OR NOT isfinite(${value}))`, shown };
    }
    case 'integer': {
      const value = `try_cast(try_cast(${raw} AS BIGINT) AS DOUBLE)`;
      return { value, isBad: `${value} IS NULL`, shown };
    }
    case 'amount':
    case 'number':
      return numberSql({ raw, shown, isText, isAmount: kind === 'amount' });
  }
}

/** Several tools write NaN into Parquet files for "missing". In a text column it is an error. */
function numberSql(of: {
  readonly raw: string;
  readonly shown: string;
  readonly isText: boolean;
  readonly isAmount: boolean;
}): ColumnSql {
  const value = `try_cast(${of.raw} AS DOUBLE)`;
  const faults = [
    `${of.raw} IS NOT NULL AND ${value} IS NULL`,
    of.isText ? `NOT isfinite(${value})` : `isinf(${value})`,
    ...(of.isAmount ? [`${value} < 0`] : []),
  ];
  return { value, isBad: `(${faults.join(' OR ')})`, shown: of.shown };
}

/** The fault of a cell, as the end of a sentence. */
export function cellProblem(kind: ColumnKind, shown: string): string {
  if (shown === '') return 'is missing';
  const quoted = JSON.stringify(shown.length > 60 ? `${shown.slice(0, 60)}…` : shown);
  if (kind === 'time')
    return `${quoted} is not a time (ISO 8601, for example 2026-01-31T12:00:00Z)`;
  if (kind === 'integer') return `${quoted} is not a whole number`;
  const value = Number(shown);
  if (/^[+-]?(inf|infinity|nan)$/i.test(shown) || Math.abs(value) === Infinity) {
    return `${quoted} is not a finite number`;
  }
  return value < 0 ? `${shown} is negative` : `${quoted} is not a number`;
}
