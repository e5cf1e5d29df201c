import { createEpisodeRule } from './episode-rule.ts';
import type { DetectorMemory } from './detector-memory.ts';
import { createTailSketch } from './tail-sketch.ts';

const DAYS_PER_WEEK = 7;
/** Weeks after which an alarm counts 1/e in the calibration. */
const MEMORY_WEEKS = 8;
/**
 * How often an ordinary metric reaches a severity: so many times a week at 0, and 1/e of it every so much further.
 * Fitted to the machines of August 2013; it counts like four weeks of the metric's own past.
 */
const PRIOR_PER_WEEK = 2.5;
const PRIOR_FALL = 0.8;
const PRIOR_WEEKS = 4;
/** No threshold lies above this: what is stranger is always told. */
const LARGEST_THRESHOLD = 8;
const HALVINGS = 20;

export interface AlarmThreshold {
  /** Learns a row's severity; gives the severity of the episode that it begins or surpasses, 0 otherwise. */
  learn(severity: number, rowsPerDay: number): number;
  /** Severity that this metric's ordinary past reaches so many times a week. */
  at(alarmsPerWeek: number): number;
}

/** A metric's first week shows new extremes every day: it says nothing about later weeks. */
const SETTLING_WEEKS = 1;

const [WEEKS, EPISODES, AGE_WEEKS] = [0, 1, 2];

/**
 * The sensitivity knob: translates false alerts per metric and week into a threshold on the severity, from the metric's
 * own past (a sketch of its episodes' severities) and, while that is short, from what is usual.
 */
export function createAlarmThreshold(memory: DetectorMemory): AlarmThreshold {
  const state = memory.doubles(3);
  const sketch = createTailSketch(memory);
  const episode = createEpisodeRule(memory, 0);

  function perWeek(severity: number): number {
    const prior = PRIOR_WEEKS * PRIOR_PER_WEEK * Math.exp(-severity / PRIOR_FALL);
    const own = state[EPISODES]! * 10 ** -sketch.surprise(severity);
    return (prior + own) / (PRIOR_WEEKS + state[WEEKS]!);
  }

  return {
    learn(severity, rowsPerDay) {
      const score = episode.step(severity, rowsPerDay);
      state[AGE_WEEKS]! += 1 / (DAYS_PER_WEEK * rowsPerDay);
      if (state[AGE_WEEKS]! < SETTLING_WEEKS) return score;
      const fade = 1 - 1 / (MEMORY_WEEKS * DAYS_PER_WEEK * rowsPerDay);
      state[WEEKS] = state[WEEKS]! * fade + 1 / (DAYS_PER_WEEK * rowsPerDay);
      state[EPISODES]! *= fade;
      if (score === 0) return 0;
      // An episode of several rows counts once for each row that surpassed it: rather too many than too few.
      sketch.learn(score, Math.max(20, state[EPISODES]!));
      state[EPISODES]!++;
      return score;
    },
    at(alarmsPerWeek) {
      let [low, high] = [0, LARGEST_THRESHOLD];
      for (let k = 0; k < HALVINGS; k++) {
        const middle = (low + high) / 2;
        if (perWeek(middle) > alarmsPerWeek) low = middle;
        else high = middle;
      }
      return high;
    },
  };
}
