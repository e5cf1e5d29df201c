import { perResource, type FootprintWindow, type Resource } from '#core/domain/footprint.ts';
import { localSeries, type SeriesGrid } from '#core/domain/local-series.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import type { ExpectedEvent } from './expected-events.ts';

/** Use in a step ÷ what would usually be used then; one number per step, above 0. */
export type EventFactors = Readonly<Record<Resource, Float64Array>>;

const DAY_SECONDS = 86_400;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;
/** Weeks whose days are averaged. */
const COMPARED_WEEKS = 4;
/** What has to be known before an event that is like another weekday. */
export const COMPARED_SECONDS = (7 * (COMPARED_WEEKS + 1) + 1) * DAY_SECONDS;
/** Steps of at most this length are averaged with their neighbours. */
const SHORT_STEP_SECONDS = 300;
/** Use below this share of the mean makes no ratio. */
const NEGLIGIBLE_SHARE = 0.01;

/**
 * Factors of all events over the steps of a grid. An event that only covers a part of a step counts
 * by that part; factors of events at the same time are multiplied. An event that is like another
 * weekday has the ratio of that weekday's mean use at the same local time to that of the same
 * weekday, over the four weeks before the event; 1 where too little was measured.
 * @param measured what was measured before, on the grid's step; read for events that are like
 * another weekday, `COMPARED_SECONDS` before them.
 * @param events all that overlap the grid or what was measured.
 */
export function eventFactors(
  events: readonly ExpectedEvent[],
  grid: SeriesGrid,
  { measured, timeZone }: { readonly measured: FootprintWindow | null; readonly timeZone: string },
): EventFactors {
  return perResource((resource) => {
    const own = events.filter(({ resources }) => resources?.includes(resource) ?? true);
    const factors = timesFactors(own, grid);
    const alike = own.filter(({ likeWeekday }) => likeWeekday !== null);
    if (alike.length === 0 || measured === null) return factors;
    const use = ordinaryUse(measured, { resource, events: own, timeZone });
    for (const event of alike) {
      const negligible = NEGLIGIBLE_SHARE * meanBefore(use, event);
      multiply(factors, { grid, event }, (atSeconds) =>
        weekdayRatio(use, { event, negligible }, localSeconds(atSeconds, timeZone)),
      );
    }
    return factors;
  });
}

function timesFactors(events: readonly ExpectedEvent[], grid: SeriesGrid): Float64Array {
  const factors = new Float64Array(grid.steps).fill(1);
  for (const event of events) {
    const { times } = event;
    if (times !== null) multiply(factors, { grid, event }, () => times);
  }
  return factors;
}

/** Multiplies the factors of the steps that an event covers, by how much of them it covers. */
function multiply(
  factors: Float64Array,
  {
    grid: { startSeconds, stepSeconds, steps },
    event: { fromSeconds, toSeconds },
  }: { readonly grid: SeriesGrid; readonly event: ExpectedEvent },
  factorAt: (atSeconds: number) => number,
): void {
  const first = Math.max(0, Math.floor((fromSeconds - startSeconds) / stepSeconds));
  const end = Math.min(steps, Math.ceil((toSeconds - startSeconds) / stepSeconds));
  for (let k = first; k < end; k++) {
    const at = startSeconds + k * stepSeconds;
    const covered = Math.min(toSeconds, at + stepSeconds) - Math.max(fromSeconds, at);
    factors[k] *= 1 + (factorAt(at) - 1) * (covered / stepSeconds);
  }
}

/** What was used on days of which nothing was expected, in local time. */
interface OrdinaryUse {
  readonly values: Float64Array;
  /** Local time of the first value. */
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly timeZone: string;
}

function ordinaryUse(
  measured: FootprintWindow,
  {
    resource,
    events,
    timeZone,
  }: {
    readonly resource: Resource;
    readonly events: readonly ExpectedEvent[];
    readonly timeZone: string;
  },
): OrdinaryUse {
  const { startSeconds, stepSeconds } = measured;
  const grid = { startSeconds, stepSeconds, steps: measured.values[resource].length };
  const scaled = timesFactors(events, grid);
  const values = measured.values[resource].map((value, k) => value / scaled[k]);
  for (const { fromSeconds, toSeconds, likeWeekday, atLeast, times } of events) {
    if (likeWeekday === null && (atLeast === null || times !== null)) continue;
    const first = Math.floor((fromSeconds - startSeconds) / stepSeconds);
    const end = Math.ceil((toSeconds - startSeconds) / stepSeconds);
    values.fill(NaN, Math.max(0, first), Math.max(0, end));
  }
  const local = localSeries(values, measured, timeZone);
  return {
    values: local.values,
    startSeconds: local.endSeconds - local.values.length * stepSeconds,
    stepSeconds,
    timeZone,
  };
}

/** Mean use in the weeks that an event is compared with. */
function meanBefore(use: OrdinaryUse, event: ExpectedEvent): number {
  const { values, startSeconds, stepSeconds } = use;
  const begun = localSeconds(event.fromSeconds, use.timeZone);
  const end = Math.floor((begun - startSeconds) / stepSeconds);
  const first = Math.floor((begun - COMPARED_SECONDS - startSeconds) / stepSeconds);
  return meanMeasured(values.subarray(Math.max(0, first), Math.max(0, end))) ?? 0;
}

/** Use of the weekday that an event is like ÷ that of the event's own weekday. */
function weekdayRatio(
  use: OrdinaryUse,
  { event, negligible }: { readonly event: ExpectedEvent; readonly negligible: number },
  local: number,
): number {
  const day = Math.floor(local / DAY_SECONDS);
  const begun = Math.floor(localSeconds(event.fromSeconds, use.timeZone) / DAY_SECONDS);
  const back = (day + FIRST_WEEKDAY - (event.likeWeekday ?? 0)) % 7;
  if (back === 0) return 1;
  const alike = meanUse(use, local, firstBefore(day, { begun, back }));
  const usual = meanUse(use, local, firstBefore(day, { begun, back: 7 }));
  if (alike === null || usual === null) return 1;
  return alike + negligible > 0 ? (alike + negligible) / (usual + negligible) : 1;
}

/** How many days before a day the newest one lies that is not after the event's begin. */
function firstBefore(
  day: number,
  { begun, back }: { readonly begun: number; readonly back: number },
): number {
  const missing = Math.max(0, day - back - (begun - 1));
  return back + 7 * Math.ceil(missing / 7);
}

/** Mean use at a time of day some days ago and in the weeks before; null where none is known. */
function meanUse(use: OrdinaryUse, local: number, daysAgo: number): number | null {
  const { values, startSeconds, stepSeconds } = use;
  const around = stepSeconds <= SHORT_STEP_SECONDS ? 1 : 0;
  let sum = 0;
  let count = 0;
  for (let week = 0; week < COMPARED_WEEKS; week++) {
    const at = local - (daysAgo + 7 * week) * DAY_SECONDS;
    const middle = Math.floor((at - startSeconds) / stepSeconds);
    for (let k = Math.max(0, middle - around); k <= middle + around; k++) {
      const value = values[k];
      if (value === undefined || Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
  }
  return count === 0 ? null : sum / count;
}
