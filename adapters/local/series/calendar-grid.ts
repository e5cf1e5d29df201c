import { parseIsoTime } from '#adapters/local/times/iso-time.ts';
import { toInstant, toLocal, type Zone } from '#adapters/local/times/local-time.ts';
import type { CalendarGrid } from './grid-steps.ts';
import { weekdayGrid } from './weekday-grid.ts';

const DAY = 86_400;
/** Mean of the Gregorian calendar over 400 years. */
const MEAN_MONTH = (146_097 / 4800) * DAY;

/** A local date and time. */
interface LocalDate {
  /** Months since 1970. */
  readonly month: number;
  /** Counted from 1. */
  readonly day: number;
  /** Seconds since midnight. */
  readonly time: number;
  readonly isLastDay: boolean;
}

/**
 * The grid of times that are months apart, on the same day of the month or always on its last day,
 * or that are days apart in a zone with daylight saving time or without some days of the week. Null
 * for other times.
 * @param times Unix seconds, in any order.
 * @param model one of the times as written; its zone selects the calendar.
 */
export function calendarGrid(times: Float64Array, model: string): CalendarGrid | null {
  const zone = parseIsoTime(model)?.zone ?? 0;
  const distinct = [...new Set(times)].sort((a, b) => a - b);
  if (distinct.length < 2) return null;
  return (
    monthGrid(times, distinct, zone) ??
    weekdayGrid(times, distinct, zone) ??
    dayGrid(times, distinct, zone)
  );
}

function monthGrid(
  times: Float64Array,
  different: readonly number[],
  zone: Zone,
): CalendarGrid | null {
  const dates = different.map((time) => localDate(toLocal(time, zone)));
  const [first] = dates as [LocalDate];
  const isSameTime = dates.every(({ time }) => time === first.time);
  const isSameDay = dates.every(({ day }) => day === first.day);
  const isMonthEnd = dates.every(({ isLastDay }) => isLastDay);
  if (!isSameTime || !(isSameDay || isMonthEnd)) return null;
  const step = dates
    .slice(1)
    .reduce((divisor, { month }, k) => gcd(month - dates[k]!.month, divisor), 0);
  if (step === 0) return null;
  const day = isMonthEnd ? 31 : first.day;
  const numberOf = new Map(
    different.map((time, k) => [time, (dates[k]!.month - first.month) / step]),
  );
  return {
    stepSeconds: step * MEAN_MONTH,
    dsAt: (k) => toInstant(monthDay(first.month + k * step, day) + first.time, zone),
    places: times.map((time) => numberOf.get(time)!),
    remark: null,
  };
}

function dayGrid(
  times: Float64Array,
  different: readonly number[],
  zone: Zone,
): CalendarGrid | null {
  if (typeof zone === 'number') return null;
  const local = different.map((time) => toLocal(time, zone));
  const differences = local.slice(1).map((time, k) => time - local[k]!);
  if (differences.some((d) => d % DAY !== 0)) return null;
  const step = differences.reduce((divisor, d) => gcd(d, divisor), 0);
  const numberOf = new Map(different.map((time, k) => [time, (local[k]! - local[0]!) / step]));
  return {
    stepSeconds: step,
    dsAt: (k) => toInstant(local[0]! + k * step, zone),
    places: times.map((time) => numberOf.get(time)!),
    remark: null,
  };
}

function localDate(local: number): LocalDate {
  const date = new Date(Math.floor(local / DAY) * DAY * 1000);
  const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
  return {
    month,
    day: date.getUTCDate(),
    time: local - Math.floor(local / DAY) * DAY,
    isLastDay: date.getUTCDate() === daysOf(month),
  };
}

/** Local seconds of a day of a month, or of its last day if the month is shorter. */
function monthDay(month: number, day: number): number {
  return Date.UTC(1970, month, Math.min(day, daysOf(month))) / 1000;
}

function daysOf(month: number): number {
  return new Date(Date.UTC(1970, month + 1, 0)).getUTCDate();
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
