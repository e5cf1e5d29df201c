import { isNumber } from '#adapters/local/times/number-time.ts';
import type { TimeReader } from '#adapters/local/times/time-reader.ts';
import { isMissing } from '#adapters/local/values/amount-cell.ts';
import { LARGEST_AMOUNT, noticeableAmount } from '#models/series/amount-range.ts';

/**
 * How to read a column:
 * - `text`, times and `integer` (a whole number) must be present in every row;
 * - `amount` is a number from 0 to LARGEST_AMOUNT, `number` any finite number; both may be missing
 *   in a row, an amount also by a word such as NaN, null or N/A;
 * - `optional-text` may be missing in a row.
 */
export type ColumnKind = 'text' | 'optional-text' | 'amount' | 'number' | TimeReader;

/** A requested column, by its name in lower case. */
export interface RequestedColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}

export function isTime(kind: ColumnKind): kind is TimeReader {
  return typeof kind === 'object';
}

/** Value of an invalid cell. */
export const UNUSABLE = Infinity;

/**
 * Value of a cell from its trimmed text. NaN if the cell is empty, UNUSABLE if it is invalid
 * (`cellProblem` gives the reason).
 */
export function cellNumber(kind: ColumnKind, text: string): number {
  if (isTime(kind)) return orUnusable(text === '' ? NaN : kind.read(text));
  if (text === '') return NaN;
  if (!isNumber(text)) return kind === 'amount' && isMissing(text) ? NaN : UNUSABLE;
  return checkedNumber(kind, Number(text));
}

/** Like `cellNumber`, for a typed number. Several tools write NaN for "missing". */
export function checkedNumber(kind: ColumnKind, value: number): number {
  if (kind !== 'amount') return Math.abs(value) === Infinity ? UNUSABLE : value;
  return value < 0 || value > LARGEST_AMOUNT ? UNUSABLE : noticeableAmount(value);
}

const orUnusable = (value: number): number => (Number.isNaN(value) ? UNUSABLE : value);

/** The fault of a cell, as the end of a sentence. */
export function cellProblem(kind: ColumnKind, shown: string): string {
  if (shown === '') return 'is missing';
  const quoted = JSON.stringify(shown.length > 60 ? `${shown.slice(0, 60)}…` : shown);
  if (isTime(kind)) return kind.problem(quoted);
  const value = Number(shown);
  if (/^[+-]?(inf|infinity|nan)$/i.test(shown) || Math.abs(value) === Infinity) {
    return `${quoted} is not a finite number`;
  }
  if (value > LARGEST_AMOUNT) return `${shown} is larger than ${LARGEST_AMOUNT}`;
  return value < 0 ? `${shown} is negative` : `${quoted} is not a number`;
}
