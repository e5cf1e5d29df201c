import type { DetectorMemory } from './detector-memory.ts';
import { createEpisodeRule } from './episode-rule.ts';

const DAYS_PER_WEEK = 7;
/** Weeks after which an episode counts 1/e in the calibration. */
const MEMORY_WEEKS = 8;
/** The first week of a metric is left out: new extremes every day are normal then. */
const SETTLING_WEEKS = 1;
/** Episodes below this severity do not belong to the tail. */
const TAIL_FROM = 0.5;
/**
 * Episodes count at most this severity, because one extreme anomaly says little about ordinary
 * weeks.
 */
const LARGEST_EPISODE = 5;
/**
 * Prior of the calibration: episodes beyond TAIL_FROM per week, and their mean excess, on the
 * labelled benchmarks outside the labelled windows. The prior has the weight of four weeks of the
 * metric's own past.
 */
const USUAL_PER_WEEK = 0.9;
const USUAL_EXCESS = 0.8;
const USUAL_WEEKS = 4;
/**
 * Limits of the threshold. Below the smaller one, ordinary noise is reported; an episode above the
 * larger one is always reported.
 */
const SMALLEST_THRESHOLD = 0.3;
const LARGEST_THRESHOLD = 8;

export interface AlarmThreshold {
  /** Learns the severity of a row. */
  learn(severity: number, rowsPerDay: number): void;
  /** Severity that the metric's ordinary past reaches `alarmsPerWeek` times a week. */
  at(alarmsPerWeek: number): number;
}

const [AGE_WEEKS, WEEKS, EPISODES, EXCESS] = [0, 1, 2, 3];

/**
 * Translates a rate of false alerts per metric and week into a threshold on the severity. The rate
 * comes from the tail of the metric's past episodes, mixed with the prior while the past is short.
 * The tail beyond TAIL_FROM is taken as exponential, so its rate and mean excess need only counts
 * and sums (peaks over threshold with shape 0).
 */
export function createAlarmThreshold(memory: DetectorMemory): AlarmThreshold {
  const state = memory.doubles(4);
  const episode = createEpisodeRule(memory, 0);
  return {
    learn(severity, rowsPerDay) {
      const score = episode.step(severity, rowsPerDay);
      const row = 1 / (DAYS_PER_WEEK * rowsPerDay);
      state[AGE_WEEKS] += row;
      if (state[AGE_WEEKS] < SETTLING_WEEKS) return;
      const decay = 1 - row / MEMORY_WEEKS;
      for (const slot of [WEEKS, EPISODES, EXCESS]) state[slot] *= decay;
      state[WEEKS] += row;
      if (score < TAIL_FROM) return;
      // A row that exceeds its own episode is counted again. This overestimates the number of
      // episodes rather than underestimating it.
      state[EPISODES]++;
      state[EXCESS] += Math.min(LARGEST_EPISODE, score) - TAIL_FROM;
    },
    at(alarmsPerWeek) {
      const usual = USUAL_WEEKS * USUAL_PER_WEEK;
      const episodes = usual + state[EPISODES];
      const perWeek = episodes / (USUAL_WEEKS + state[WEEKS]);
      const excess = (usual * USUAL_EXCESS + state[EXCESS]) / episodes;
      const threshold = TAIL_FROM + excess * Math.log(perWeek / alarmsPerWeek);
      return Math.max(SMALLEST_THRESHOLD, Math.min(LARGEST_THRESHOLD, threshold));
    },
  };
}
