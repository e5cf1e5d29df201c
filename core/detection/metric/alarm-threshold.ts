import type { DetectorMemory } from './detector-memory.ts';
import { createEpisodeRule } from './episode-rule.ts';

const DAYS_PER_WEEK = 7;
/** Weeks after which an episode counts 1/e in the calibration. */
const MEMORY_WEEKS = 8;
/** A metric's first week shows new extremes every day: it says nothing about later weeks. */
const SETTLING_WEEKS = 1;
/** Episodes below this severity are no part of the tail. */
const TAIL_FROM = 0.5;
/** One giant of an anomaly says little about ordinary weeks. */
const LARGEST_EPISODE = 5;
/**
 * What is usual, on the labelled benchmarks outside their windows: so many episodes beyond TAIL_FROM a week, so far
 * beyond it in the mean. It counts like four weeks of the metric's own past.
 */
const USUAL_PER_WEEK = 0.9;
const USUAL_EXCESS = 0.8;
const USUAL_WEEKS = 4;
/** The thresholds that are believed: below, everything is strange; above, what is stranger is always told. */
const SMALLEST_THRESHOLD = 0.3;
const LARGEST_THRESHOLD = 8;

export interface AlarmThreshold {
  /** Learns a row's severity. */
  learn(severity: number, rowsPerDay: number): void;
  /** Severity that this metric's ordinary past reaches so many times a week. */
  at(alarmsPerWeek: number): number;
}

const [AGE_WEEKS, WEEKS, EPISODES, EXCESS] = [0, 1, 2, 3];

/**
 * The sensitivity knob: translates false alerts per metric and week into a threshold on the severity, from the tail of
 * the metric's own past episodes and, while that is short, from what is usual. The tail beyond a fixed severity is taken
 * as exponential, whose rate and mean excess need only counts and sums (peaks over threshold with shape 0).
 */
export function createAlarmThreshold(memory: DetectorMemory): AlarmThreshold {
  const state = memory.doubles(4);
  const episode = createEpisodeRule(memory, 0);
  return {
    learn(severity, rowsPerDay) {
      const score = episode.step(severity, rowsPerDay);
      const row = 1 / (DAYS_PER_WEEK * rowsPerDay);
      state[AGE_WEEKS]! += row;
      if (state[AGE_WEEKS]! < SETTLING_WEEKS) return;
      const kept = 1 - row / MEMORY_WEEKS;
      for (const slot of [WEEKS, EPISODES, EXCESS]) state[slot]! *= kept;
      state[WEEKS]! += row;
      if (score < TAIL_FROM) return;
      // A row that surpasses its episode counts again: rather too many than too few.
      state[EPISODES]!++;
      state[EXCESS]! += Math.min(LARGEST_EPISODE, score) - TAIL_FROM;
    },
    at(alarmsPerWeek) {
      const usual = USUAL_WEEKS * USUAL_PER_WEEK;
      const episodes = usual + state[EPISODES]!;
      const perWeek = episodes / (USUAL_WEEKS + state[WEEKS]!);
      const excess = (usual * USUAL_EXCESS + state[EXCESS]!) / episodes;
      const threshold = TAIL_FROM + excess * Math.log(perWeek / alarmsPerWeek);
      return Math.max(SMALLEST_THRESHOLD, Math.min(LARGEST_THRESHOLD, threshold));
    },
  };
}
