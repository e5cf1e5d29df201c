import type { DetectorMemory } from './detector-memory.ts';

/** Episodes that are kept; where more come in two weeks, none of them recurs. */
const MOST_EPISODES = 32;
const FIELDS = 4;
const MINUTE = 60;

/** A stretch of values clearly above the base. Times in Unix seconds, heights in the unit. */
export interface Episode {
  readonly fromSeconds: number;
  /** Start of its last row. */
  readonly toSeconds: number;
  /** Base at its beginning, and its largest value. */
  readonly floor: number;
  readonly peak: number;
}

export interface EpisodeLog {
  /** Newest first. */
  episodes(): Iterable<Episode>;
  add(episode: Episode): void;
}

const [COUNT, ORIGIN] = [0, 1];

/** The newest episodes of a metric, in bounded memory. Times are kept to the minute. */
export function createEpisodeLog(memory: DetectorMemory): EpisodeLog {
  const state = memory.doubles(2);
  const entries = memory.floats(MOST_EPISODES * FIELDS);
  return {
    *episodes() {
      const count = state[COUNT];
      for (let k = count - 1; k >= Math.max(0, count - MOST_EPISODES); k--) {
        const [from, length, floor, peak] = entries.subarray(...placeOf(k));
        const fromSeconds = state[ORIGIN] + from * MINUTE;
        yield { fromSeconds, toSeconds: fromSeconds + length * MINUTE, floor, peak };
      }
    },
    add({ fromSeconds, toSeconds, floor, peak }) {
      // Minutes since the first episode fit into single precision for 30 years.
      if (state[COUNT] === 0) state[ORIGIN] = fromSeconds;
      const from = (fromSeconds - state[ORIGIN]) / MINUTE;
      const length = (toSeconds - fromSeconds) / MINUTE;
      entries.set([from, length, floor, peak], placeOf(state[COUNT])[0]);
      state[COUNT]++;
    },
  };
}

function placeOf(k: number): [from: number, to: number] {
  const from = (k % MOST_EPISODES) * FIELDS;
  return [from, from + FIELDS];
}
