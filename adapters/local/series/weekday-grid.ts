import { toInstant, toLocal, type Zone } from '#adapters/local/times/local-time.ts';
import type { CalendarGrid } from './grid-steps.ts';

const DAY = 86_400;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
/** 5 January 1970, a Monday, in days since 1970. */
const FIRST_MONDAY = 4;

/** In fewer weeks, a day of the week may be missing by chance. */
const LEAST_WEEKS = 3;
/** Share of the other days that have to be there: otherwise days are missing for other reasons. */
const LEAST_PRESENT = 0.75;

/**
 * The grid of times that are days apart and never fall on some days of the week, as of markets that
 * are closed at weekends: its steps are the other days. Null for other times.
 * @param different Unix seconds, increasing and distinct.
 */
export function weekdayGrid(
  times: Float64Array,
  different: readonly number[],
  zone: Zone,
): CalendarGrid | null {
  const local = different.map((time) => toLocal(time, zone));
  const [first] = local as [number];
  const timeOfDay = first - Math.floor(first / DAY) * DAY;
  const days = local.map((time) => (time - timeOfDay) / DAY - FIRST_MONDAY);
  if (!days.every(Number.isInteger)) return null;
  const open = [...new Set(days.map(weekdayOf))].sort((a, b) => a - b);
  // One day of the week is a step of a week.
  if (open.length === DAYS.length || open.length === 1) return null;
  const numberOf = (day: number) =>
    Math.floor(day / DAYS.length) * open.length + open.indexOf(weekdayOf(day));
  const [firstDay, lastDay] = [days[0]!, days.at(-1)!];
  const firstNumber = numberOf(firstDay);
  const isLong = lastDay - firstDay >= LEAST_WEEKS * DAYS.length - 1;
  const slots = numberOf(lastDay) - firstNumber + 1;
  if (!isLong || days.length < LEAST_PRESENT * slots) return null;
  const places = new Map(different.map((time, k) => [time, numberOf(days[k]!) - firstNumber]));
  const closed = DAYS.filter((_, weekday) => !open.includes(weekday));
  return {
    // A week has as many steps as it has open days.
    stepSeconds: (DAYS.length * DAY) / open.length,
    dsAt(step) {
      const number = firstNumber + step;
      const week = Math.floor(number / open.length);
      const day = week * DAYS.length + open[number - week * open.length]!;
      return toInstant((day + FIRST_MONDAY) * DAY + timeOfDay, zone);
    },
    places: times.map((time) => places.get(time)!),
    remark: `no ${closed.join(' or ')}, so none is forecast`,
  };
}

/** 0 for Monday. */
function weekdayOf(day: number): number {
  return day - Math.floor(day / DAYS.length) * DAYS.length;
}
