import type { DetectorMemory } from './detector-memory.ts';

/**
 * So many gross episodes of the last weeks are set aside. The next one is learned, because what
 * recurs belongs to the metric.
 */
const MOST_EPISODES = 2;
/** Time after which an episode counts 1/e. */
const MEMORY_DAYS = 14;
/** A gross value begins a new episode after this time, in rows at least, without any. */
const QUIET_DAYS = 1 / 24;
const QUIET_LEAST_ROWS = 6;
/**
 * An episode is learned from the time on when it has lasted a day, or half as long as everything
 * before it: it is the new normal then.
 */
const LONGEST_DAYS = 1;
const LONGEST_SHARE = 0.5;

export interface SetAside {
  /**
   * True if a row must be judged but not learned.
   * @param isGross whether the value is grossly outside the range of the values so far.
   * @param rows number of rows before this one.
   */
  step(isGross: boolean, rows: number, rowsPerDay: number): boolean;
}

const [EPISODES, LASTED, QUIET] = [0, 1, 2];

/**
 * Decides which gross values the detector does not learn. A few hours of values far beyond all
 * others would widen scales and tails so much that ordinary faults are hidden for days. Learning
 * everything but rare outliers is what redescending estimators do: Huber and Ronchetti, Robust
 * Statistics, 2nd edition, section 4.8.
 */
export function createSetAside(memory: DetectorMemory): SetAside {
  const state = memory.doubles(3);
  return {
    step(isGross, rows, rowsPerDay) {
      state[EPISODES] *= 1 - 1 / Math.max(2, MEMORY_DAYS * rowsPerDay);
      if (!isGross) {
        state[QUIET]++;
        return false;
      }
      const isNew = state[QUIET] > Math.max(QUIET_LEAST_ROWS, QUIET_DAYS * rowsPerDay);
      if (isNew || state[EPISODES] === 0) {
        state[EPISODES]++;
        state[LASTED] = 0;
      }
      state[QUIET] = 0;
      state[LASTED]++;
      const longest = Math.min(LONGEST_DAYS * rowsPerDay, LONGEST_SHARE * rows);
      return state[EPISODES] <= MOST_EPISODES && state[LASTED] <= longest;
    },
  };
}
