import type { DetectorMemory } from './detector-memory.ts';

/** Episodes that are kept, and for how long: what came every second week came twice by then. */
const MOST_EPISODES = 32;
const OLDEST_SECONDS = 29 * 24 * 3600;
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

/** Rise of an episode above the base. */
export const riseOf = ({ peak, floor }: Episode): number => peak - floor;

export interface EpisodeLog {
  /** Episodes that an instant lies in with some leeway. */
  around(atSeconds: number, leeway: Leeway): readonly Episode[];
  /** Seconds in episodes since an instant that rise at least so far, each prolonged by `more`. */
  covered(
    sinceSeconds: number,
    { leastRise, more }: { readonly leastRise: number; readonly more: number },
  ): number;
  /** Adds an episode in the place of an old one or, without any, of the smallest one. */
  add(episode: Episode): void;
}

const [COUNT, ORIGIN] = [0, 1];
const NONE: readonly Episode[] = [];

/** The largest episodes of the last four weeks, in bounded memory. Times are kept to the minute. */
export function createEpisodeLog(memory: DetectorMemory): EpisodeLog {
  const state = memory.doubles(2);
  const entries = memory.floats(MOST_EPISODES * FIELDS);
  const fromOf = (k: number): number => state[ORIGIN] + entries[FIELDS * k] * MINUTE;
  const lengthOf = (k: number): number => entries[FIELDS * k + 1] * MINUTE;
  const floorOf = (k: number): number => entries[FIELDS * k + 2];
  const peakOf = (k: number): number => entries[FIELDS * k + 3];

  /** Null if all others are new and larger. */
  function placeFor(episode: Episode): number | null {
    if (state[COUNT] < MOST_EPISODES) return state[COUNT];
    let [place, least] = [null as number | null, riseOf(episode)];
    for (let k = 0; k < MOST_EPISODES; k++) {
      const age = episode.fromSeconds - fromOf(k);
      if (age > OLDEST_SECONDS || age < 0) return k;
      const rise = peakOf(k) - floorOf(k);
      if (rise < least) [place, least] = [k, rise];
    }
    return place;
  }

  return {
    around(at, { seconds, share }) {
      // Nearly always there are none, and this is asked in every row.
      let found: Episode[] | null = null;
      for (let k = 0; k < state[COUNT]; k++) {
        const [from, length] = [fromOf(k), lengthOf(k)];
        if (at < from - seconds || at > from + length + Math.max(seconds, share * length)) continue;
        found ??= [];
        found.push({
          fromSeconds: from,
          toSeconds: from + length,
          floor: floorOf(k),
          peak: peakOf(k),
        });
      }
      return found ?? NONE;
    },
    covered(sinceSeconds, { leastRise, more }) {
      let sum = 0;
      for (let k = 0; k < state[COUNT]; k++) {
        const isCounted = fromOf(k) >= sinceSeconds && peakOf(k) - floorOf(k) >= leastRise;
        if (isCounted) sum += lengthOf(k) + more;
      }
      return sum;
    },
    add(episode) {
      const { fromSeconds, toSeconds, floor, peak } = episode;
      // Minutes since the first episode fit into single precision for 30 years.
      if (state[COUNT] === 0) state[ORIGIN] = fromSeconds;
      const place = placeFor(episode);
      if (place === null) return;
      const from = (fromSeconds - state[ORIGIN]) / MINUTE;
      const length = (toSeconds - fromSeconds) / MINUTE;
      entries.set([from, length, floor, peak], FIELDS * place);
      state[COUNT] = Math.max(state[COUNT], place + 1);
    },
  };
}
