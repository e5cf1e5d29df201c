import type { DetectorMemory } from './detector-memory.ts';

/** Each alarm of the last weeks divides the next severity by more: 1 + RESTLESSNESS × alarms. */
export const RESTLESSNESS = 0.12;
/** Time and rows after which an alarm counts 1/e. */
const RESTLESS_DAYS = 21;
const RESTLESS_LEAST_ROWS = 2000;
/** Score from which an episode counts as an alarm. */
const RESTLESS_FROM = 0.8;

/**
 * One episode is one alarm. Within about five hours only a clearly higher severity is reported
 * again.
 */
const EPISODE_DAYS = 5 / 24;
const LEAST_ROWS = 6;
const MOST_ROWS = 30;
const STRANGER = 1.2;

export interface EpisodeRule {
  /** Score of a row that begins an episode or clearly exceeds it; 0 for all other rows. */
  step(severity: number, rowsPerDay: number): number;
}

const [HELD, AGE, ALARMS] = [0, 1, 2];

/**
 * Passes the row that begins an episode. Many alarms in the last weeks lower the score of the next
 * one, so that one threshold suits both calm and restless metrics.
 * @param restlessness share by which each past alarm lowers the score.
 */
export function createEpisodeRule(
  memory: DetectorMemory,
  restlessness: number = RESTLESSNESS,
): EpisodeRule {
  const state = memory.doubles(3);
  return {
    step(severity, rowsPerDay) {
      const score = severity / (1 + restlessness * state[ALARMS]);
      const rows = Math.max(RESTLESS_LEAST_ROWS, RESTLESS_DAYS * rowsPerDay);
      state[ALARMS] *= Math.exp(-1 / rows);
      state[AGE]++;
      const length = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, EPISODE_DAYS * rowsPerDay));
      if (state[AGE] > length) state[HELD] = 0;
      if (score <= STRANGER * state[HELD]) return 0;
      if (score > RESTLESS_FROM && state[HELD] < RESTLESS_FROM) state[ALARMS]++;
      state[HELD] = score;
      state[AGE] = 0;
      return score;
    },
  };
}
