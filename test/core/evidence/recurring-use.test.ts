import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Peak } from '#core/domain/profiles.ts';
import { learnPeaks } from '#core/evidence/recurring/peak-log.ts';
import { recurringUse } from '#core/evidence/recurring/recurring-use.ts';

const STEP = 900;
const DAY = 86_400;
const STEPS_PER_DAY = DAY / STEP;
const HEIGHT = 10;

interface Schedule {
  readonly name: string;
  readonly isDay: (day: Date) => boolean;
  readonly perWeek?: number;
}

const lastDayOf = (day: Date) =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();
const isWorking = (day: Date) => day.getUTCDay() % 6 !== 0;

const SCHEDULES: readonly Schedule[] = [
  { name: 'every Monday', isDay: (day) => day.getUTCDay() === 1 },
  { name: 'Tuesdays and Fridays', isDay: (day) => [2, 5].includes(day.getUTCDay()), perWeek: 2 },
  {
    name: 'every second Thursday',
    isDay: (day) => (day.getTime() / 1000 / DAY) % 14 === 7,
  },
  {
    name: 'the second Thursday of the month',
    isDay: (day) => day.getUTCDay() === 4 && Math.ceil(day.getUTCDate() / 7) === 2,
  },
  { name: 'the 15th', isDay: (day) => day.getUTCDate() === 15 },
  { name: 'the last day of the month', isDay: (day) => day.getUTCDate() === lastDayOf(day) },
  {
    name: 'the last Friday of the month',
    isDay: (day) => day.getUTCDay() === 5 && day.getUTCDate() > lastDayOf(day) - 7,
  },
  {
    name: 'the last working day of the month',
    isDay: (day) => {
      const left = Array.from(
        { length: lastDayOf(day) - day.getUTCDate() },
        (_, k) => new Date(day.getTime() + (k + 1) * DAY * 1000),
      );
      return isWorking(day) && !left.some(isWorking);
    },
  },
];

/** What was expected of a day. */
interface Outlook {
  readonly isScheduled: boolean;
  /** Smallest chance in the hours of the peak where it is scheduled, else the largest. */
  readonly chance: number;
}

/** The outlook on each day from the peaks before it. */
function outlooks(
  { isDay }: Pick<Schedule, 'isDay'>,
  course: {
    readonly startDay: number;
    readonly days: number;
    readonly from: number;
    readonly steps: number;
    readonly missed?: (occurrence: number) => boolean;
    /** Days are looked at from so many of the schedule on. */
    readonly known?: number;
  },
): Outlook[] {
  const { startDay, days, from, steps, missed = () => false, known: least = 0 } = course;
  const peaks: Peak[] = [];
  const found: Outlook[] = [];
  let before = 0;
  for (let day = startDay; day < startDay + days; day++) {
    const past = { fromSeconds: startDay * DAY, toSeconds: day * DAY, timeZone: 'UTC', peaks };
    const looked = before < least ? 0 : steps;
    const chances = Array.from({ length: looked }, (_, k) => {
      return recurringUse(past, day * DAY + (from + k) * STEP, { stepSeconds: STEP })?.chance ?? 0;
    });
    const isScheduled = isDay(new Date(day * DAY * 1000));
    const chance = isScheduled ? Math.min(...chances) : Math.max(...chances);
    if (before >= least) found.push({ chance, isScheduled });
    if (!isScheduled) continue;
    if (!missed(before)) {
      const fromSeconds = day * DAY + from * STEP;
      peaks.push({ fromSeconds, toSeconds: fromSeconds + steps * STEP, uses: [HEIGHT], level: 1 });
    }
    before++;
  }
  return found;
}

describe('a peak that recurs', () => {
  it.each(SCHEDULES)(
    'is expected on $name after four times, on hardly any other day',
    (schedule) => {
      fc.assert(
        fc.property(
          fc.integer({ min: 20_454, max: 20_454 + 365 }),
          // Away from midnight: within a step of it a peak belongs to two days.
          fc.integer({ min: 1, max: STEPS_PER_DAY - 9 }),
          fc.integer({ min: 1, max: 8 }),
          (startDay, from, steps) => {
            const least = 4 * (schedule.perWeek ?? 1);
            const known = outlooks(schedule, { startDay, days: 200, from, steps, known: least });
            for (const { isScheduled, chance } of known) {
              if (isScheduled) expect(chance).toBeGreaterThan(0.5);
            }
            // Two 15ths may both be third Sundays: a third one may be expected once.
            const others = known.filter(({ isScheduled }) => !isScheduled);
            const wrong = others.filter(({ chance }) => chance >= 0.1);
            expect(wrong.length).toBeLessThanOrEqual(0.06 * others.length);
          },
        ),
        { numRuns: 15 },
      );
    },
  );

  it('is forgotten after it failed to come twice', () => {
    const course = { startDay: 20_458, days: 120, from: 36, steps: 8 };
    const mondays = outlooks(SCHEDULES[0]!, {
      ...course,
      missed: (occurrence) => occurrence >= 8,
    }).filter(({ isScheduled }) => isScheduled);
    expect(mondays[8]!.chance).toBeGreaterThan(0.9);
    expect(mondays[9]!.chance).toBeGreaterThan(0.3);
    expect(mondays[10]!.chance).toBeGreaterThan(0.02);
    for (const { chance } of mondays.slice(11)) expect(chance).toBeLessThan(0.1);
  });

  it('counts where it came or failed to come since peaks were searched for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20_454, max: 20_454 + 365 }),
        fc.integer({ min: 1, max: STEPS_PER_DAY - 9 }),
        fc.integer({ min: 1, max: 8 }),
        (startDay, from, steps) => {
          const fromSeconds = startDay * DAY + from * STEP;
          const toSeconds = fromSeconds + steps * STEP;
          const log = {
            fromSeconds: startDay * DAY,
            toSeconds: (startDay + 7) * DAY,
            timeZone: 'UTC',
            peaks: [{ fromSeconds, toSeconds, uses: [HEIGHT], level: 1 }],
          };
          const isSecond = (at: number) => at >= fromSeconds + 7 * DAY && at < toSeconds + 7 * DAY;
          const third = fromSeconds + 14 * DAY;
          const expectedFrom = (useAt?: (at: number) => number | null) =>
            recurringUse(log, third, { stepSeconds: STEP, ...(useAt && { useAt }) });
          const came = expectedFrom((at) => (isSecond(at) ? 0.9 * HEIGHT : 1));
          expect(came!.chance).toBeGreaterThan(0.2);
          expect(came!.past.map(({ use }) => use)).toEqual([0.9 * HEIGHT, HEIGHT]);
          expect(expectedFrom((at) => (isSecond(at) ? 0.4 * HEIGHT : 1))).toBeNull();
          expect(expectedFrom(() => null)).toBeNull();
          expect(expectedFrom()).toBeNull();
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is not seen in peaks at random times', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 28 * STEPS_PER_DAY - 1 }), { maxLength: 40 }),
        (starts) => {
          const values = new Float64Array(28 * STEPS_PER_DAY).fill(1);
          for (const start of starts) values.fill(HEIGHT, start, start + 3);
          const log = learnPeaks(undefined, { startSeconds: 0, stepSeconds: STEP, values }, 'UTC');
          let expected = 0;
          for (let k = 0; k < 7 * STEPS_PER_DAY; k++) {
            const at = 28 * DAY + k * STEP;
            expected += recurringUse(log, at, { stepSeconds: STEP })?.chance ?? 0;
          }
          // What is expected is no more than what peaks at random times bring in a week.
          expect(expected).toBeLessThanOrEqual(Math.max(1, starts.length) * 5);
        },
      ),
      { numRuns: 50 },
    );
  });
});
