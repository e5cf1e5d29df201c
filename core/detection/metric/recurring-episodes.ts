import type { DetectorMemory } from './detector-memory.ts';
import { createEpisodeLog, type Episode } from './episode-log.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/**
 * An episode recurs if it was there at the last two repetitions. Daily ones are left to the time of
 * day of the base.
 */
const PERIODS = [7 * DAY, 14 * DAY];
/** What lasts longer is a season or a new level, which the base learns. */
const LONGEST = 8 * HOUR;
/** Where a row lasts longer, an episode has no time of day. */
const LONGEST_STEP = 3 * HOUR;
/** An episode may begin and end so much earlier or later than before. */
const TOLERANCE = HOUR / 2;
/** It may last longer by this share. */
const LONGER = 0.5;
/** Two episodes are the same if neither is more than so many times as high or as long. */
const ALIKE = 2;
/** An episode is known up to this multiple of the rise before. */
const HIGHER = 1.5;
/** It came again if it reached this share of the rise before. */
const REACHED = 0.5;
/**
 * Where episodes and their tolerances cover more of two weeks than this, two at the same time of
 * the week are chance.
 */
const MOST_COVERED = 0.15;

/** What recurs at an instant. Heights in the unit of the metric. */
export interface Recurrence {
  /** Values below it are ordinary, values above `ceiling` are strange as ever. */
  readonly floor: number;
  readonly ceiling: number;
}

export interface EpisodeRow {
  readonly atSeconds: number;
  readonly stepSeconds: number;
  readonly value: number;
  readonly base: number;
  readonly isAbove: boolean;
}

export interface RecurringEpisodes {
  /** What recurs at an instant; null if nothing does. */
  at(atSeconds: number, stepSeconds: number): Recurrence | null;
  /** Learns a row. An episode is known to `at` from its end on. */
  learn(row: EpisodeRow): void;
}

const [FROM, TO, FLOOR, PEAK, OPEN] = [0, 1, 2, 3, 4];

/**
 * Remembers short stretches of high values, such as weekly jobs, and finds those that came at the
 * same time of the week at each of the last two repetitions with about the same height and length.
 * Low values and long stretches are never remembered, because a working day that looks like a
 * Sunday must stay strange.
 */
export function createRecurringEpisodes(memory: DetectorMemory): RecurringEpisodes {
  const open = memory.doubles(5);
  const log = createEpisodeLog(memory);

  function close(): void {
    const [fromSeconds, toSeconds, floor, peak] = open;
    if (toSeconds - fromSeconds <= LONGEST) log.add({ fromSeconds, toSeconds, floor, peak });
    open[OPEN] = 0;
  }

  return {
    at(atSeconds, stepSeconds) {
      if (stepSeconds > LONGEST_STEP) return null;
      const tolerance = Math.max(TOLERANCE, stepSeconds);
      const past = [...log.episodes()];
      for (const period of PERIODS) {
        const last = past.find((one) => covers(one, atSeconds - period, tolerance));
        if (last === undefined) continue;
        const before = past.find(
          (one) =>
            covers(one, atSeconds - 2 * period, tolerance) && isAlike(one, last, stepSeconds),
        );
        if (before === undefined) continue;
        if (coveredShare(past, atSeconds, tolerance) > MOST_COVERED) continue;
        const floor = Math.max(last.floor, before.floor);
        const rises = [riseOf(last), riseOf(before)];
        return {
          floor: floor + REACHED * Math.min(...rises),
          ceiling: floor + HIGHER * Math.max(...rises),
        };
      }
      return null;
    },
    learn({ atSeconds, stepSeconds, value, base, isAbove }) {
      const tolerance = Math.max(TOLERANCE, stepSeconds);
      const isApart = atSeconds < open[TO] || atSeconds - open[TO] > tolerance;
      if (open[OPEN] === 1 && isApart) close();
      if (!isAbove) return;
      if (open[OPEN] === 0) open.set([atSeconds, atSeconds, base, value, 1]);
      open[TO] = atSeconds;
      open[PEAK] = Math.max(open[PEAK], value);
    },
  };
}

const riseOf = ({ floor, peak }: Episode): number => peak - floor;

/** True if an instant lies in an episode, or less than what it may be early, late or longer by. */
function covers({ fromSeconds, toSeconds }: Episode, at: number, tolerance: number): boolean {
  const longer = Math.max(tolerance, LONGER * (toSeconds - fromSeconds));
  return fromSeconds - tolerance <= at && at <= toSeconds + longer;
}

function isAlike(a: Episode, b: Episode, stepSeconds: number): boolean {
  const lengths = [a, b].map(
    ({ fromSeconds, toSeconds }) => toSeconds - fromSeconds + stepSeconds + TOLERANCE,
  );
  const isOfOneSize = ([x, y]: readonly number[]) => x <= ALIKE * y && y <= ALIKE * x;
  return isOfOneSize(lengths) && isOfOneSize([riseOf(a), riseOf(b)]);
}

/** Share of the last two weeks within episodes and their tolerances. */
function coveredShare(past: readonly Episode[], at: number, tolerance: number): number {
  const [from, to] = [at - 14 * DAY, at];
  let covered = 0;
  for (const { fromSeconds, toSeconds } of past) {
    if (fromSeconds >= from && fromSeconds < to) covered += toSeconds - fromSeconds + 2 * tolerance;
  }
  return covered / (to - from);
}
