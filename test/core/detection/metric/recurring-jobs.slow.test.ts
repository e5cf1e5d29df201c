import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeriesScorer } from '#core/detection/metric/score-series.ts';
import { createRandom, standardNormal } from '#core/domain/random.ts';
import { ordinary, START, STEP, watch, WEEK_ROWS } from './watch-metric.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** A severity that `detect` reports at well under one false alarm per metric and week. */
const REPORTED = 1.5;

/** A job in every week, in seconds since the beginning of the week. */
interface Job {
  readonly from: number;
  readonly length: number;
  readonly factor: number;
}

interface Watched {
  readonly stepSeconds: number;
  readonly weeks: number;
  /** The value at a time since the beginning. */
  readonly shape: (sinceStart: number, noise: number) => number;
}

/** The scores of a series and their times since its beginning. */
function scored({ stepSeconds, weeks, shape }: Watched) {
  const scorer = createSeriesScorer();
  const random = createRandom(11);
  return Array.from({ length: Math.round((weeks * WEEK) / stepSeconds) }, (_, row) => {
    const since = row * stepSeconds;
    return { since, ...scorer.score(START + since, shape(since, standardNormal(random))) };
  });
}

type Scored = ReturnType<typeof scored>;

/** Largest score from a time on, for a while. */
const largest = (all: Scored, from: number, length: number): number =>
  Math.max(...all.map(({ since, score }) => (since >= from && since < from + length ? score : 0)));

const wave = (since: number): number => Math.sin((2 * Math.PI * since) / DAY);
const daily = (since: number, noise: number): number => 10 + 5 * wave(since) + 0.3 * noise;

function isIn({ from, length }: Job, since: number): boolean {
  const inWeek = since % WEEK;
  return inWeek >= from && inWeek < from + length;
}

const withJob =
  (job: Job, isThere: (week: number) => boolean = () => true): Watched['shape'] =>
  (since, noise) =>
    daily(since, noise) * (isIn(job, since) && isThere(Math.floor(since / WEEK)) ? job.factor : 1);

const anyStep = fc.constantFrom(300, 900, 1800, HOUR);

/** Jobs of five minutes to six hours, on any day, at any hour. */
const anyJob = fc
  .record({
    stepSeconds: anyStep,
    minutes: fc.integer({ min: 5, max: 360 }),
    factor: fc.double({ min: 2, max: 10, noNaN: true }),
    day: fc.integer({ min: 0, max: 6 }),
    hour: fc.integer({ min: 0, max: 17 }),
  })
  .map(({ stepSeconds, minutes, factor, day, hour }) => {
    const length = Math.max(1, Math.round((60 * minutes) / stepSeconds)) * stepSeconds;
    return { stepSeconds, job: { from: day * DAY + hour * HOUR, length, factor } };
  });

/** What follows a job's end belongs to it. */
const afterwards = 2 * HOUR;

describe('recurring jobs', () => {
  it('are reported the first time, and from the third time on in at most one of ten variants', () => {
    const variants = fc.sample(anyJob, { numRuns: 20, seed: 15 });
    const again = variants.filter(({ stepSeconds, job }) => {
      const all = scored({ stepSeconds, weeks: 6, shape: withJob(job) });
      const of = (week: number): number =>
        largest(all, week * WEEK + job.from, job.length + afterwards);
      // The first hundred rows of a series say nothing yet.
      if (job.from > DAY + 100 * stepSeconds) expect(of(0)).toBeGreaterThan(REPORTED);
      return [2, 3, 4, 5].some((week) => of(week) >= REPORTED);
    });
    expect(again.length).toBeLessThanOrEqual(2);
  });

  it('are known every second week too', () => {
    const job = { from: 3 * DAY + 9 * HOUR, length: HOUR, factor: 5 };
    const shape = withJob(job, (week) => week % 2 === 0);
    const all = scored({ stepSeconds: 300, weeks: 9, shape });
    const of = (week: number): number => largest(all, week * WEEK + job.from, 2 * HOUR);
    expect(of(0)).toBeGreaterThan(REPORTED);
    for (const week of [4, 6, 8]) expect(of(week)).toBeLessThan(REPORTED);
  });

  it('stay strange where they come at another time or much higher', () => {
    const job = { from: 2 * DAY + 9 * HOUR, length: HOUR, factor: 3 };
    const usual = withJob(job);
    for (const changed of [
      { ...job, from: job.from + 4 * HOUR },
      { ...job, from: job.from + 2 * DAY },
      { ...job, factor: 10 },
    ]) {
      const shape: Watched['shape'] = (since, noise) =>
        since < 5 * WEEK ? usual(since, noise) : withJob(changed)(since, noise);
      const all = scored({ stepSeconds: 300, weeks: 6, shape });
      expect(largest(all, 5 * WEEK + changed.from, 2 * HOUR)).toBeGreaterThan(REPORTED);
    }
  });

  it('are no excuse for an anomaly near the time of one of another week', () => {
    const anomaly = fc.record({
      from: fc.integer({ min: 2 * 12, max: 6 * 24 * 12 }).map((rows) => rows * 300),
      later: fc.integer({ min: -6, max: 6 }).map((rows) => rows * 300),
      factor: fc.double({ min: 3, max: 8, noNaN: true }),
      apart: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(anomaly, ({ from, later, factor, apart }) => {
        const [first, second] = [2 * WEEK + from, (2 + apart) * WEEK + from + later];
        const shape: Watched['shape'] = (since, noise) => {
          const isStrange = [first, second].some((at) => since >= at && since < at + HOUR);
          return daily(since, noise) * (isStrange ? factor : 1);
        };
        const all = scored({ stepSeconds: 300, weeks: 6, shape });
        for (const at of [first, second]) {
          expect(largest(all, at, 2 * HOUR)).toBeGreaterThan(REPORTED);
        }
      }),
      { numRuns: 10, seed: 3 },
    );
  });

  it('are never drops: what falls every week stays as strange as its first repetition', () => {
    const job = { from: 2 * DAY + 9 * HOUR, length: HOUR, factor: 0 };
    const all = scored({ stepSeconds: 300, weeks: 4, shape: withJob(job) });
    const of = (week: number): number => largest(all, week * WEEK + job.from, 2 * HOUR);
    expect(of(1)).toBeGreaterThan(REPORTED);
    expect(of(2)).toBeGreaterThan(REPORTED);
  });

  it('do not hide a working day that looks like a Sunday', () => {
    const job = { from: 2 * DAY + 20 * HOUR, length: HOUR, factor: 4 };
    const isAtWork = (since: number): boolean => {
      const hour = (since % DAY) / HOUR;
      return since % WEEK < 5 * DAY && hour >= 8 && hour < 18;
    };
    const holiday = 6 * WEEK + 2 * DAY;
    const shape = (withHoliday: boolean, withJobs: boolean): Watched['shape'] => {
      return (since, noise) => {
        const isHoliday = withHoliday && since >= holiday && since < holiday + DAY;
        const factor = withJobs && isIn(job, since) ? job.factor : 1;
        return ((isAtWork(since) && !isHoliday ? 20 : 5) + 0.3 * noise) * factor;
      };
    };
    const at = (withHoliday: boolean, withJobs: boolean): number => {
      const all = scored({ stepSeconds: 300, weeks: 7, shape: shape(withHoliday, withJobs) });
      return largest(all, holiday, 18 * HOUR);
    };
    for (const withJobs of [false, true]) {
      expect(at(true, withJobs)).toBeGreaterThan(Math.max(1, 2 * at(false, withJobs)));
    }
  });

  it('do not hide a working day of seven hours that looks like a Sunday', () => {
    const holiday = 3 * WEEK + 4 * DAY;
    const shape: Watched['shape'] = (since, noise) => {
      const hour = (since % DAY) / HOUR;
      const isHoliday = since >= holiday && since < holiday + DAY;
      const isAtWork = since % WEEK < 5 * DAY && hour >= 12 && hour < 19;
      return (isAtWork && !isHoliday ? 31 : 10) + 0.3 * noise;
    };
    const all = scored({ stepSeconds: 300, weeks: 4, shape });
    expect(largest(all, holiday, DAY)).toBeGreaterThan(REPORTED);
  });

  it('open incidents in live monitoring at most twice', () => {
    const [from, rows] = [2 * 288 + 9 * 12, 12];
    const inWeek = (row: number): number => (row % WEEK_ROWS) - from;
    const shape = (row: number, noise: number): number =>
      ordinary(row, noise) * (inWeek(row) >= 0 && inWeek(row) < rows ? 4 : 1);
    const { openedAt } = watch(5 * WEEK_ROWS, shape);
    const weeks = openedAt
      .filter((row) => inWeek(row) >= 0 && inWeek(row) < 2 * rows)
      .map((row) => Math.floor((row * STEP) / WEEK));
    expect(weeks.length).toBeGreaterThan(0);
    expect(weeks.every((week) => week < 2)).toBe(true);
  });
});
