import { DETECTOR_PARAMETERS as P } from './detector-parameters.ts';
import type { DetectorMemory } from './detector-memory.ts';

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
  restlessness: number = P.restlessness,
): EpisodeRule {
  const state = memory.doubles(3);
  return {
    step(severity, rowsPerDay) {
      const score = severity / (1 + restlessness * state[ALARMS]!);
      const rows = Math.max(P.restlessLeastRows, P.restlessDays * rowsPerDay);
      state[ALARMS]! *= Math.exp(-1 / rows);
      state[AGE]!++;
      const length = Math.min(MOST_ROWS, Math.max(LEAST_ROWS, EPISODE_DAYS * rowsPerDay));
      if (state[AGE]! > length) state[HELD] = 0;
      if (score <= STRANGER * state[HELD]!) return 0;
      if (score > P.restlessFrom && state[HELD]! < P.restlessFrom) state[ALARMS]!++;
      state[HELD] = score;
      state[AGE] = 0;
      return score;
    },
  };
}
