import type { DetectorMemory } from './detector-memory.ts';

/** Episodes that are kept. */
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

/** How much earlier an episode may begin, and how much later it may end: by itself or by a share. */
export interface Leeway {
  readonly seconds: number;
  readonly share: number;
}

export interface EpisodeLog {
  /** Episodes that an instant lies in with some leeway, newest first. */
  around(atSeconds: number, leeway: Leeway): readonly Episode[];
  /** Seconds since an instant that episodes last, each prolonged by `more`. */
  covered(sinceSeconds: number, more: number): number;
  add(episode: Episode): void;
}

const [COUNT, ORIGIN] = [0, 1];
const NONE: readonly Episode[] = [];

/** The newest episodes of a metric, in bounded memory. Times are kept to the minute. */
export function createEpisodeLog(memory: DetectorMemory): EpisodeLog {
  const state = memory.doubles(2);
  const entries = memory.floats(MOST_EPISODES * FIELDS);
  const fromOf = (k: number): number => state[ORIGIN] + entries[placeOf(k)] * MINUTE;
  const lengthOf = (k: number): number => entries[placeOf(k) + 1] * MINUTE;
  const oldest = (): number => Math.max(0, state[COUNT] - MOST_EPISODES);

  return {
    around(at, { seconds, share }) {
      // Nearly always there are none, and this is asked in every row.
      let found: Episode[] | null = null;
      for (let k = state[COUNT] - 1; k >= oldest(); k--) {
        const [from, length] = [fromOf(k), lengthOf(k)];
        if (at < from - seconds || at > from + length + Math.max(seconds, share * length)) continue;
        found ??= [];
        const [floor, peak] = entries.subarray(placeOf(k) + 2, placeOf(k) + FIELDS);
        found.push({ fromSeconds: from, toSeconds: from + length, floor, peak });
      }
      return found ?? NONE;
    },
    covered(sinceSeconds, more) {
      let sum = 0;
      for (let k = state[COUNT] - 1; k >= oldest(); k--) {
        if (fromOf(k) >= sinceSeconds) sum += lengthOf(k) + more;
      }
      return sum;
    },
    add({ fromSeconds, toSeconds, floor, peak }) {
      // Minutes since the first episode fit into single precision for 30 years.
      if (state[COUNT] === 0) state[ORIGIN] = fromSeconds;
      const from = (fromSeconds - state[ORIGIN]) / MINUTE;
      const length = (toSeconds - fromSeconds) / MINUTE;
      entries.set([from, length, floor, peak], placeOf(state[COUNT]));
      state[COUNT]++;
    },
  };
}

const placeOf = (k: number): number => (k % MOST_EPISODES) * FIELDS;
