import { localSeconds } from './local-time.ts';

const DAY_SECONDS = 86_400;
/** No daylight-saving change moves a clock further. */
const MOST_CHANGE_SECONDS = 2 * 3600;

/** A span of steps in which clocks were not changed: its first step, and its offset from UTC. */
interface Span {
  readonly from: number;
  readonly offsetSeconds: number;
}

/** Where a series lies in time: Unix seconds of its first step, and its length in steps. */
export interface SeriesGrid {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly steps: number;
}

/**
 * Steps that have to be read beyond a history so that its local history is as long: the hour that
 * comes twice in autumn is kept once.
 */
export function localSlack(timeZone: string, stepSeconds: number): number {
  return timeZone === 'UTC' ? 0 : Math.ceil(MOST_CHANGE_SECONDS / stepSeconds);
}

/** What was measured, on a grid of local time. */
export interface LocalSeries {
  /** Local time of the step after the last one, in seconds like Unix seconds. */
  readonly endSeconds: number;
  readonly values: Float64Array;
}

/**
 * Lays a series on a grid of local time, so that a day's or a week's step before is the same time
 * of day, whatever clocks did between. The hour that is skipped in spring is NaN. Of the hour that
 * comes twice in autumn the second is kept. In UTC, and where the step does not divide the change
 * of the clock, the values stay as they are.
 * @param values of the grid's steps; NaN for steps without a measurement.
 */
export function localSeries(
  values: Float64Array,
  { startSeconds, stepSeconds }: Omit<SeriesGrid, 'steps'>,
  timeZone: string,
): LocalSeries {
  const grid = { startSeconds, stepSeconds, steps: values.length };
  const end = startSeconds + values.length * stepSeconds;
  const endSeconds = localSeconds(end, timeZone);
  const spans = timeZone === 'UTC' ? [] : spansOf(grid, timeZone);
  const shifts = spans.map(
    ({ offsetSeconds }) => (offsetSeconds - (endSeconds - end)) / stepSeconds,
  );
  if (shifts.every((shift) => shift === 0) || !shifts.every(Number.isInteger)) {
    return { endSeconds, values };
  }
  const first = shifts[0]!;
  // Positions count from the end, which stays where it is.
  const local = new Float64Array(values.length - first).fill(NaN);
  spans.forEach(({ from }, k) => {
    const to = spans[k + 1]?.from ?? values.length;
    const at = from - first + shifts[k]!;
    // What lies at or after the end was measured in the first of two equal hours.
    const until = Math.min(to, from + local.length - at);
    if (until > from) local.set(values.subarray(from, until), at);
  });
  return { endSeconds, values: local };
}

/** Spans without a change of the clock; the last one includes the step after the end. */
function spansOf(grid: SeriesGrid, timeZone: string): readonly Span[] {
  const { startSeconds, stepSeconds, steps } = grid;
  const offsetAt = (step: number) => {
    const at = startSeconds + step * stepSeconds;
    return localSeconds(at, timeZone) - at;
  };
  const spans: Span[] = [{ from: 0, offsetSeconds: offsetAt(0) }];
  const day = Math.max(1, Math.floor(DAY_SECONDS / stepSeconds));
  for (let before = 0; before < steps;) {
    const after = Math.min(steps, before + day);
    const offsetSeconds = offsetAt(after);
    if (offsetSeconds !== spans.at(-1)!.offsetSeconds) {
      let [low, high] = [before, after];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (offsetAt(middle) === offsetSeconds) high = middle;
        else low = middle;
      }
      spans.push({ from: high, offsetSeconds });
    }
    before = after;
  }
  return spans;
}

/**
 * The step ahead, counted from 1, of a forecast in local time that is at the same time of day as a
 * step ahead of the origin. In an hour that comes twice, and where the forecast does not reach, it
 * is the nearest that there is.
 */
export function localStepAhead(
  ahead: number,
  origin: { readonly seconds: number; readonly stepSeconds: number; readonly horizon: number },
  timeZone: string,
): number {
  const { seconds, stepSeconds, horizon } = origin;
  const at = seconds + (ahead - 1) * stepSeconds;
  const change = localSeconds(at, timeZone) - at - (localSeconds(seconds, timeZone) - seconds);
  const local = ahead + change / stepSeconds;
  if (!Number.isInteger(local) || local < 1) return ahead;
  return Math.min(horizon, local);
}
