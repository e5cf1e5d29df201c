/** Fewer values in a row may be a quiet moment. */
const SHORTEST_RUN = 3;
/** More runs would be part of the series. */
const MOST_RUNS = 2;
/** A history this many times as long would show again what belongs to the series. */
const HISTORY_PER_OUTAGE = 10;
/** Share of the median that is next to nothing: what probes and agents use while nobody is served. */
const NEXT_TO_NOTHING = 0.01;
/** How many times the largest value of an outage all others are: between them is nothing. */
const APART = 10;

/** Values from `from` on, before `to`. */
interface Run {
  readonly from: number;
  to: number;
  measured: number;
}

/**
 * The values with NaN instead of outages that are over: the only zeros of the history, or the only
 * values that are next to nothing, in one run or in two that no season brings together, with other
 * values before and after. An outage says nothing of what is demanded later. What comes again, at
 * night or between jobs, is part of a series and stays.
 * @param values oldest first, NaN for gaps.
 * @param seasons in steps; each has to fit in twice.
 */
export function maskOutage(values: Float64Array, seasons: readonly number[]): Float64Array {
  if (values.length < 2 * Math.max(0, ...seasons)) return values;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0 || sorted[0] < 0) return values;
  const usual = sorted[sorted.length >> 1];
  for (const most of [0, NEXT_TO_NOTHING * usual]) {
    const runs = runsUpTo(values, most);
    if (!areApart(sorted, most) || !areOutages(runs, values.length, seasons)) continue;
    const known = values.slice();
    for (const { from, to } of runs) known.fill(NaN, from, to);
    return known;
  }
  return values;
}

/** Runs of values up to a bound; a gap within a run is part of it. */
function runsUpTo(values: Float64Array, most: number): readonly Run[] {
  const runs: Run[] = [];
  let isLow = false;
  values.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    const run = isLow ? runs.at(-1) : undefined;
    isLow = value <= most;
    if (!isLow) return;
    if (run === undefined) runs.push({ from: at, to: at + 1, measured: 1 });
    else [run.to, run.measured] = [at + 1, run.measured + 1];
  });
  return runs;
}

/** @param sorted increasing. */
function areApart(sorted: Float64Array, most: number): boolean {
  const first = sorted.findIndex((value) => value > most);
  return first > 0 && sorted[first] >= APART * sorted[first - 1];
}

function areOutages(runs: readonly Run[], length: number, seasons: readonly number[]): boolean {
  const lost = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  return (
    runs.length > 0 &&
    runs.length <= MOST_RUNS &&
    runs.every(({ measured }) => measured >= SHORTEST_RUN) &&
    runs[0].from > 0 &&
    runs.at(-1)!.to < length &&
    HISTORY_PER_OUTAGE * lost <= length &&
    (runs.length === 1 || isByChance(runs[0], runs[1], seasons))
  );
}

/** Whether no known season has both runs in the same part of it. */
function isByChance(a: Run, b: Run, seasons: readonly number[]): boolean {
  const [ofA, ofB] = [a.to - a.from, b.to - b.from];
  return (
    seasons.length > 0 &&
    seasons.every((season) => {
      const later = (b.from - a.from) % season;
      return later >= ofA && season - later >= ofB;
    })
  );
}
