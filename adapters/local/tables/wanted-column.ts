import { InputError } from '#adapters/local/input-error.ts';
import type { TableColumn } from './input-table.ts';

/**
 * How a column is read: `text` and `time` must be there in every row; `amount` is a number that is not negative,
 * `number` any finite one, both may be missing in a row; `integer` is a whole number that must be there.
 */
export type ColumnKind = 'text' | 'optional-text' | 'time' | 'integer' | 'amount' | 'number';

export interface WantedColumn extends TableColumn {
  readonly kind: ColumnKind;
  /** SQL of what need not be fetched, of the SQL of the value: where they are equal null comes instead. Text is costly. */
  readonly unless?: (value: string) => string;
}

/** SQL of a wanted column: its value, and when and how the cell is shown if it cannot be used. */
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

/** @throws InputError if a column of this type cannot be read as this kind. */
export function columnSql(file: string, column: WantedColumn): ColumnSql {
  const sql = wholeSql(file, column);
  const { unless } = column;
  return unless ? { ...sql, value: `nullif(${sql.value}, ${unless(sql.value)})` } : sql;
}

function wholeSql(file: string, column: WantedColumn): ColumnSql {
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
  // Numbers and times that are typed already need no detour through text.
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

/** NaN in a Parquet file is how several tools write "missing"; as text it is a mistake. */
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

/** What is wrong with a cell, as the end of a sentence. */
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
