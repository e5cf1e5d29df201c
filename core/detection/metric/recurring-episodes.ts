import type { DetectorMemory } from './detector-memory.ts';
import { createEpisodeLog, riseOf, type Episode, type Leeway } from './episode-log.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/**
 * An episode recurs if it was there at the last two repetitions. What recurs every day is left to
 * the time of day of the base.
 */
const TWO_WEEKS = 14 * DAY;
const PERIODS = [7 * DAY, TWO_WEEKS];
/** What lasts longer is a season or a new level, which the base learns. */
const LONGEST = 6.5 * HOUR;
/** A stretch that is still high after this time is a new level. */
const NEW_LEVEL = 2 * DAY;
/** Where a row lasts longer, an episode has no time of day. */
const LONGEST_STEP = 3 * HOUR;
/** An episode may begin and end so much earlier or later than before, and last longer by a share. */
const TOLERANCE = HOUR / 2;
const LONGER = 0.5;
/** Two episodes are alike if neither is more than so many times as high or as long. */
const ALIKE = 2;
/** An episode is known up to this multiple of the rise before. */
const HIGHER = 1.35;
/** An episode begins properly, and came again, where it reaches this share of its rise. */
const REACHED = 0.5;
/** A jump to this multiple of its rise is an episode on top of a rise of the day. */
const JUMP = 1.4;
/** It goes on while it reaches this one. */
const GOES_ON = 0.4;
/**
 * Where episodes of half the rise with their tolerances cover more of two weeks than this, two at the same time of
 * the week are chance.
 */
const MOST_COVERED = 0.15;

/**
 * What comes at the same time of day on more other weekdays than this is the day's season, which
 * the base learns. Short jobs may come on more days.
 */
const SHORT = 2 * HOUR;
const MOST_SHORT_DAYS = 3;
const MOST_LONG_DAYS = 1;

/** What recurs at an instant. Heights in the unit of the metric. */
export interface Recurrence {
  /** Values from `floor` to `ceiling` are known. */
  readonly floor: number;
  readonly ceiling: number;
  /** From this value on the episode came again. */
  readonly high: number;
}

export interface EpisodeRow {
  readonly atSeconds: number;
  readonly stepSeconds: number;
  readonly value: number;
  readonly base: number;
  /** Values above are clearly above the base. */
  readonly clear: number;
  /** A strange value above the base begins an episode too. */
  readonly isStrange: boolean;
}

export interface RecurringEpisodes {
  /** What recurs at an instant; null if nothing does. */
  at(atSeconds: number, stepSeconds: number): Recurrence | null;
  /** Learns a row. An episode counts from its end on, so it never excuses itself. */
  learn(row: EpisodeRow): void;
}

interface EpisodeInstant {
  readonly atSeconds: number;
  readonly stepSeconds: number;
  readonly leeway: Leeway;
}

const [OPEN, FROM, TO, FLOOR, FIRST, PEAK] = [0, 1, 2, 3, 4, 5];

/**
 * Remembers short stretches of high values, such as weekly jobs, and finds those that came at the
 * same time of the week at each of the last two repetitions with about the same height and length.
 * Low values and long stretches are never remembered, because a working day that looks like a
 * Sunday must stay strange.
 */
export function createRecurringEpisodes(memory: DetectorMemory): RecurringEpisodes {
  const open = memory.doubles(6);
  const log = createEpisodeLog(memory);

  function close(stepSeconds: number): void {
    const [, fromSeconds, toSeconds, floor, , peak] = open;
    const lasts = toSeconds - fromSeconds + stepSeconds;
    if (lasts <= LONGEST) log.add({ fromSeconds, toSeconds, floor, peak });
    open[OPEN] = 0;
  }

  const reaches = (value: number, share: number): boolean =>
    value > open[FLOOR] + share * (open[PEAK] - open[FLOOR]);

  /** True if other weekdays of the last two weeks had episodes alike at this time of day. */
  function isOfManyDays(
    episode: Episode,
    { atSeconds, stepSeconds, leeway }: EpisodeInstant,
  ): boolean {
    const isShort = episode.toSeconds - episode.fromSeconds <= SHORT;
    const most = isShort ? MOST_SHORT_DAYS : MOST_LONG_DAYS;
    let others = 0;
    for (let weekday = 1; weekday < 7; weekday++) {
      const isThere = [weekday, weekday + 7].some((days) =>
        log
          .around(atSeconds - days * DAY, leeway)
          .some((one) => isAlike(one, episode, stepSeconds)),
      );
      if (isThere) others++;
    }
    return others > most;
  }

  return {
    at(atSeconds, stepSeconds) {
      if (stepSeconds > LONGEST_STEP) return null;
      const seconds = Math.max(TOLERANCE, stepSeconds);
      const leeway = { seconds, share: LONGER };
      const row = { atSeconds, stepSeconds, leeway };
      for (const period of PERIODS) {
        const recent = log.around(atSeconds - period, leeway);
        if (recent.length === 0) continue;
        const pair = alikeOf(recent, log.around(atSeconds - 2 * period, leeway), stepSeconds);
        if (pair === null) continue;
        const leastRise = Math.min(...pair.map(riseOf)) / ALIKE;
        const covered = log.covered(atSeconds - TWO_WEEKS, { leastRise, more: 2 * seconds });
        const isChance = covered > MOST_COVERED * TWO_WEEKS;
        return isChance || isOfManyDays(pair[0], row) ? null : recurrenceOf(...pair);
      }
      return null;
    },
    learn({ atSeconds, stepSeconds, value, base, clear, isStrange }) {
      const isApart =
        atSeconds < open[TO] || atSeconds - open[TO] > Math.max(TOLERANCE, stepSeconds);
      const isLong = atSeconds - open[FROM] > NEW_LEVEL;
      if (open[OPEN] === 1 && (isApart || isLong)) close(stepSeconds);
      if (open[OPEN] === 0) {
        const begins = value > clear || (isStrange && value > base);
        if (begins) open.set([1, atSeconds, atSeconds, base, value, value]);
        return;
      }
      if (!reaches(value, GOES_ON)) return;
      if (reaches(value, JUMP) && open[TO] - open[FROM] >= TOLERANCE) {
        open.set([1, atSeconds, atSeconds, open[PEAK], value, value]);
        return;
      }
      open[TO] = atSeconds;
      open[PEAK] = Math.max(open[PEAK], value);
      // What came before the episode's proper beginning, such as the rise of the day, is left out.
      if (reaches(open[FIRST], REACHED)) return;
      open[FROM] = atSeconds;
      open[FIRST] = value;
    },
  };
}

/** An episode that has one alike among earlier ones. */
function alikeOf(
  recent: readonly Episode[],
  earlier: readonly Episode[],
  stepSeconds: number,
): readonly [Episode, Episode] | null {
  for (const last of recent) {
    const before = earlier.find((one) => isAlike(one, last, stepSeconds));
    if (before !== undefined) return [last, before];
  }
  return null;
}

function isAlike(a: Episode, b: Episode, stepSeconds: number): boolean {
  const lengthOf = ({ fromSeconds, toSeconds }: Episode): number =>
    toSeconds - fromSeconds + stepSeconds + TOLERANCE;
  const isOfOneSize = (x: number, y: number): boolean => x <= ALIKE * y && y <= ALIKE * x;
  return isOfOneSize(lengthOf(a), lengthOf(b)) && isOfOneSize(riseOf(a), riseOf(b));
}

function recurrenceOf(last: Episode, before: Episode): Recurrence {
  const floor = Math.min(last.floor, before.floor);
  const [lastRise, riseBefore] = [riseOf(last), riseOf(before)];
  return {
    floor,
    ceiling: Math.max(last.floor, before.floor) + HIGHER * Math.max(lastRise, riseBefore),
    high: floor + REACHED * Math.min(lastRise, riseBefore),
  };
}
