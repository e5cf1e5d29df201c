/** Meaning of numbers in a column of times. */
export type NumberMeaning = CalendarMeaning | UnixUnit;
export type CalendarMeaning = 'month' | 'date' | 'date-hour' | 'date-minute' | 'date-time';
export type UnixUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds';

/** Digits of the calendar that are written, from the year on: 202601, 20260131, 2026013112 … */
export const CALENDAR_DIGITS: Readonly<Record<CalendarMeaning, number>> = {
  month: 6,
  date: 8,
  'date-hour': 10,
  'date-minute': 12,
  'date-time': 14,
};
const CALENDAR_MEANINGS = Object.keys(CALENDAR_DIGITS) as readonly CalendarMeaning[];

/** Units per second. */
export const UNITS_PER_SECOND: Readonly<Record<UnixUnit, number>> = {
  seconds: 1,
  milliseconds: 1e3,
  microseconds: 1e6,
  nanoseconds: 1e9,
};

/**
 * Ranges of Unix times, whose size tells their unit: seconds from 1973 to 2286; milliseconds from
 * 1979, because smaller numbers may be a date and a time in 12 digits (202601311200).
 */
const UNIX_RANGES: readonly (readonly [UnixUnit, number, number])[] = [
  ['seconds', 1e8, 1e10],
  ['milliseconds', 3e11, 1e13],
  ['microseconds', 1e14, 1e16],
  ['nanoseconds', 1e17, 1e19],
];

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

export function isNumber(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * The meaning of a number as a time; null if it has none, for example a date that does not exist.
 * Ten digits of the calendar are a date and an hour, not Unix seconds of 2030 and later.
 */
export function numberMeaning(text: string): NumberMeaning | null {
  const calendar = CALENDAR_MEANINGS.find((one) => !Number.isNaN(calendarSeconds(text, one)));
  if (calendar !== undefined) return calendar;
  const value = isNumber(text) ? Number(text) : NaN;
  return UNIX_RANGES.find(([, from, to]) => value >= from && value < to)?.[0] ?? null;
}

/** Unix seconds of a number with a meaning; NaN if it does not have that meaning. */
export function numberSeconds(text: string, meaning: NumberMeaning): number {
  if (isCalendar(meaning)) return calendarSeconds(text, meaning);
  const value = isNumber(text) ? Number(text) : NaN;
  const [, from, to] = UNIX_RANGES.find(([unit]) => unit === meaning)!;
  return value >= from && value < to ? value / UNITS_PER_SECOND[meaning] : NaN;
}

export function isCalendar(meaning: NumberMeaning): meaning is CalendarMeaning {
  return meaning in CALENDAR_DIGITS;
}

/** The start of a month, a day and so on of the years 1900 to 2199; NaN where there is none. */
function calendarSeconds(text: string, meaning: CalendarMeaning): number {
  if (text.length !== CALENDAR_DIGITS[meaning] || !/^(19|20|21)\d+$/.test(text)) return NaN;
  return wholeSeconds((meaning === 'month' ? `${text}01` : text).padEnd(14, '0'));
}

/** Unix seconds of 14 digits; NaN if the day or the time does not exist. */
function wholeSeconds(digits: string): number {
  const [year, month, day, hour, minute, second] = [0, 4, 6, 8, 10, 12].map((from, k) =>
    digits.slice(from, from + (k === 0 ? 4 : 2)),
  );
  const date = `${year}-${month}-${day}`;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse converts 30 February to 2 March.
  const isReal = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
  return isReal ? Date.parse(`${date}T${hour}:${minute}:${second}Z`) / 1000 : NaN;
}
