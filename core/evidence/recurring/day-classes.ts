const DAY_MS = 86_400_000;
/** What is looked back at: three hits in a row say all that can be said. */
const MOST_WEEKS = 14;
const MOST_EVERY_WEEK = 8;
const MOST_MONTHS = 8;

/** Days that belong together, because what happens on one may happen on all. */
export interface DayClass {
  /** Logarithmic odds, before anything was seen, that a peak follows this class. */
  readonly prior: number;
  /** False where today is no day of the class: then it speaks against a peak today. */
  readonly isToday: boolean;
  /** Earlier days of the class, as days before today, increasing. */
  readonly daysAgo: readonly number[];
}

const WEEKLY_PRIOR = -3;
/** There are many rarer classes. */
const OTHER_PRIOR = -4;

/** The last working days of a month, and the first, are counted up to so many. */
const WORKING_DAYS = 3;

let remembered: { readonly day: number; readonly classes: readonly DayClass[] } | null = null;

/**
 * The classes of a day: its weekday, every second of these, its day of the month counted from
 * either end, its weekday of the month counted from either end, and its working day of the month
 * counted from either end.
 * @param day days since 1970-01-01, in local time.
 */
export function classesOf(day: number): readonly DayClass[] {
  if (remembered?.day === day) return remembered.classes;
  const everyWeek = Array.from({ length: MOST_WEEKS }, (_, k) => 7 * (k + 1));
  const isEven = (_: number, k: number) => k % 2 === 1;
  const classes: DayClass[] = [
    { prior: WEEKLY_PRIOR, isToday: true, daysAgo: everyWeek.slice(0, MOST_EVERY_WEEK) },
    { prior: OTHER_PRIOR, isToday: true, daysAgo: everyWeek.filter(isEven) },
    {
      prior: OTHER_PRIOR,
      isToday: false,
      daysAgo: everyWeek.filter((daysAgo, k) => !isEven(daysAgo, k)),
    },
    ...monthlyRules(day).map((rule) => ({
      prior: OTHER_PRIOR,
      isToday: true,
      daysAgo: monthsBefore(day).flatMap((month) => {
        const other = rule(month);
        return other === null ? [] : [day - other];
      }),
    })),
  ];
  remembered = { day, classes };
  return classes;
}

/** A month by its first day and its length. */
interface Month {
  readonly first: number;
  readonly days: number;
}

/** The day of a month by a rule, null where the month has none. */
type MonthlyRule = (month: Month) => number | null;

function monthlyRules(day: number): readonly MonthlyRule[] {
  const month = monthOf(day, 0);
  const fromStart = day - month.first;
  const fromEnd = month.days - 1 - fromStart;
  const inMonth = (of: Month, index: number) =>
    index >= 0 && index < of.days ? of.first + index : null;
  const rules: MonthlyRule[] = [
    (other) => inMonth(other, fromStart),
    (other) => inMonth(other, other.days - 1 - fromEnd),
    (other) => {
      const weekdays = daysOf(other).filter((candidate) => (candidate - day) % 7 === 0);
      return weekdays[Math.floor(fromStart / 7)] ?? null;
    },
    (other) => {
      const weekdays = daysOf(other).filter((candidate) => (candidate - day) % 7 === 0);
      return weekdays.at(-1 - Math.floor(fromEnd / 7)) ?? null;
    },
  ];
  if (!isWorkingDay(day)) return rules;
  const index = daysOf(month).filter(isWorkingDay).indexOf(day);
  const indexFromEnd = index - daysOf(month).filter(isWorkingDay).length;
  if (index < WORKING_DAYS) rules.push((other) => daysOf(other).filter(isWorkingDay).at(index)!);
  if (indexFromEnd >= -WORKING_DAYS) {
    rules.push((other) => daysOf(other).filter(isWorkingDay).at(indexFromEnd)!);
  }
  return rules;
}

function monthsBefore(day: number): readonly Month[] {
  return Array.from({ length: MOST_MONTHS }, (_, k) => monthOf(day, -1 - k));
}

/** The month that lies so many months after that of a day. */
function monthOf(day: number, later: number): Month {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + later];
  const first = Date.UTC(year, month, 1) / DAY_MS;
  return { first, days: Date.UTC(year, month + 1, 1) / DAY_MS - first };
}

const daysOf = ({ first, days }: Month): readonly number[] =>
  Array.from({ length: days }, (_, k) => first + k);

/** 1970-01-01 was a Thursday. */
function isWorkingDay(day: number): boolean {
  const weekday = (day + 4) % 7;
  return weekday !== 0 && weekday !== 6;
}
