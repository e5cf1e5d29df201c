import { isIsoMonth, isoMonthSeconds } from './iso-month.ts';
import { isoSeconds } from './iso-time.ts';
import { isNumber, numberMeaning, numberSeconds, type NumberMeaning } from './number-time.ts';

/** Reads the times of one column. All have the format of the first one. */
export interface TimeReader {
  /** `time`: instants as Unix seconds; `integer`: whole numbers that count steps. */
  readonly kind: 'time' | 'integer';
  /** NaN if the text does not have the column's format. */
  read(text: string): number;
  /** The fault of a text that cannot be read, as the end of a sentence. */
  problem(quoted: string): string;
}

/** Larger numbers may be dates or Unix times. */
const LARGEST_STEP_NUMBER = 1e7;

/**
 * How to read a column with this first value. Numbers too small for a Unix time are only accepted
 * if step numbers are allowed.
 */
export function timeReader(first: string, allowed: { readonly stepNumbers: boolean }): TimeReader {
  if (isIsoMonth(first)) return MONTH_READER;
  if (!isNumber(first)) return ISO_READER;
  const meaning = numberMeaning(first);
  if (meaning !== null) return numberReader(meaning);
  if (allowed.stepNumbers && !Number.isNaN(stepNumber(first))) return STEP_READER;
  return ISO_READER;
}

const ISO_READER: TimeReader = {
  kind: 'time',
  read: isoSeconds,
  problem: (quoted) =>
    isNumber(quoted.slice(1, -1))
      ? `${quoted} is not a time (ISO 8601, Unix seconds to nanoseconds, or a date like 20260131)`
      : `${quoted} is not a time (ISO 8601, for example 2026-01-31T12:00:00Z)`,
};

const MONTH_READER: TimeReader = {
  kind: 'time',
  read: isoMonthSeconds,
  problem: (quoted) => `${quoted} is not a month like 2026-01, as the first one is`,
};

const STEP_READER: TimeReader = {
  kind: 'integer',
  read: stepNumber,
  problem: (quoted) =>
    /^"[+-]?\d+"$/.test(quoted)
      ? `${quoted} is not a number of a step, as the first one is: ${LARGEST_STEP_NUMBER} is too large`
      : `${quoted} is not a whole number`,
};

const READS: Readonly<Record<NumberMeaning, string>> = {
  month: 'a month like 202601',
  date: 'a date like 20260131',
  'date-hour': 'a date and an hour like 2026013112',
  'date-minute': 'a time like 202601311200',
  'date-time': 'a time like 20260131120000',
  seconds: 'a time in Unix seconds',
  milliseconds: 'a time in Unix milliseconds',
  microseconds: 'a time in Unix microseconds',
  nanoseconds: 'a time in Unix nanoseconds',
};

function numberReader(meaning: NumberMeaning): TimeReader {
  return {
    kind: 'time',
    read: (text) => numberSeconds(text, meaning),
    problem: (quoted) => `${quoted} is not ${READS[meaning]}, as the first one is`,
  };
}

function stepNumber(text: string): number {
  const value = /^[+-]?\d+(\.0*)?$/.test(text) ? Number(text) : NaN;
  return Math.abs(value) < LARGEST_STEP_NUMBER ? value : NaN;
}

/** A column of instants; the first row decides how they are written. */
export function instants(first: string | null): TimeReader {
  return timeReader(first ?? '', { stepNumbers: false });
}
