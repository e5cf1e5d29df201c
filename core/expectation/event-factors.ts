import { perResource, type FootprintWindow, type Resource } from '#core/domain/footprint.ts';
import { localSeries, type SeriesGrid } from '#core/domain/local-series.ts';
import { localSeconds } from '#core/domain/local-time.ts';
import { meanMeasured } from '#core/domain/measured.ts';
import { COMPARED_SECONDS, COMPARED_WEEKS } from './compared-time.ts';
import { isAlike, type ExpectedEvent } from './expected-events.ts';

/** Use in a step ÷ what would usually be used then; one number per step, above 0. */
export type EventFactors = Readonly<Record<Resource, Float64Array>>;

const DAY_SECONDS = 86_400;
/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 4;
/** Steps of at most this length are averaged with their neighbours. */
const SHORT_STEP_SECONDS = 300;
/** Use below this share of the mean makes no ratio. */
const NEGLIGIBLE_SHARE = 0.01;

/**
 * Factors of all events over the steps of a grid. An event that only covers a part of a step counts
 * by that part; factors of events at the same time are multiplied. An event that is like another
 * weekday has the ratio of that weekday's mean use at the same local time to that of the same
 * weekday, over the four weeks before the event. An event that is like a past day has the ratio of
 * that day's use to that of the event's own weekday over the four weeks before that day, so that
 * growth since then counts. Both are 1 where too little was measured.
 * @param measured what was measured before, on the grid's step; read for events that are like
 * another weekday, `COMPARED_SECONDS` before them.
 * @param pastDays the same of `COMPARED_SECONDS` before the end of a past day, by that day; a day
 * that it lacks is looked for in `measured`.
 * @param events all that overlap the grid or what was measured.
 */
export function eventFactors(
  events: readonly ExpectedEvent[],
  grid: SeriesGrid,
  { measured, pastDays, timeZone }: MeasuredBefore,
): EventFactors {
  return perResource((resource) => {
    const own = events.filter(({ resources }) => resources?.includes(resource) ?? true);
    const factors = timesFactors(own, grid);
    for (const event of own.filter(isAlike)) {
      const { day } = event.like;
      const before = (day === null ? undefined : pastDays?.get(day)) ?? measured;
      if (before === null) continue;
      const use = ordinaryUse(before, { resource, events: own, timeZone });
      const ratioOf =
        day === null
          ? weekdayRatio(use, event)
          : dayRatio(use, { day, all: measuredUse(before, resource, timeZone) });
      multiply(factors, { grid, event }, (atSeconds) => ratioOf(localSeconds(atSeconds, timeZone)));
    }
    return factors;
  });
}

/** What there is to compare events with. */
export interface MeasuredBefore {
  readonly measured: FootprintWindow | null;
  readonly pastDays?: ReadonlyMap<number, FootprintWindow>;
  readonly timeZone: string;
}

/** Factor of a step by its local time. */
type RatioOf = (local: number) => number;

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
  for (const event of events) {
    const { fromSeconds, toSeconds, atLeast, times } = event;
    if (!isAlike(event) && (atLeast === null || times !== null)) continue;
    const first = Math.floor((fromSeconds - startSeconds) / stepSeconds);
    const end = Math.ceil((toSeconds - startSeconds) / stepSeconds);
    values.fill(NaN, Math.max(0, first), Math.max(0, end));
  }
  return localUse(values, measured, timeZone);
}

/** All use, whatever was expected of it. */
function measuredUse(measured: FootprintWindow, resource: Resource, timeZone: string): OrdinaryUse {
  return localUse(measured.values[resource], measured, timeZone);
}

function localUse(
  values: Float64Array,
  { startSeconds, stepSeconds }: Pick<FootprintWindow, 'startSeconds' | 'stepSeconds'>,
  timeZone: string,
): OrdinaryUse {
  const local = localSeries(values, { startSeconds, stepSeconds }, timeZone);
  return {
    values: local.values,
    startSeconds: local.endSeconds - local.values.length * stepSeconds,
    stepSeconds,
    timeZone,
  };
}

/** Use too low to make a ratio, by the mean of the weeks before a local time. */
function negligibleBefore({ values, startSeconds, stepSeconds }: OrdinaryUse, begun: number) {
  const end = Math.floor((begun - startSeconds) / stepSeconds);
  const first = Math.floor((begun - COMPARED_SECONDS - startSeconds) / stepSeconds);
  const mean = meanMeasured(values.subarray(Math.max(0, first), Math.max(0, end)));
  return NEGLIGIBLE_SHARE * (mean ?? 0);
}

/** Use of the weekday that an event is like ÷ that of the event's own weekday. */
function weekdayRatio(use: OrdinaryUse, { like, fromSeconds }: ExpectedEvent): RatioOf {
  const begunLocal = localSeconds(fromSeconds, use.timeZone);
  const negligible = negligibleBefore(use, begunLocal);
  const begun = Math.floor(begunLocal / DAY_SECONDS);
  return (local) => {
    const day = Math.floor(local / DAY_SECONDS);
    const back = (day + FIRST_WEEKDAY - (like.weekday ?? 0)) % 7;
    if (back === 0) return 1;
    const alike = meanUse(use, local, firstBefore(day, { begun, back }));
    const usual = meanUse(use, local, firstBefore(day, { begun, back: 7 }));
    return ratio(alike, usual, negligible);
  };
}

/** Use of a past day ÷ what was usual then on the event's own weekday. */
function dayRatio(
  use: OrdinaryUse,
  { day: past, all }: { readonly day: number; readonly all: OrdinaryUse },
): RatioOf {
  const negligible = negligibleBefore(use, past * DAY_SECONDS);
  return (local) => {
    const day = Math.floor(local / DAY_SECONDS);
    const alike = meanUse(all, local, day - past, 1);
    const usual = meanUse(use, local, firstBefore(day, { begun: past, back: 7 }));
    return ratio(alike, usual, negligible);
  };
}

function ratio(alike: number | null, usual: number | null, negligible: number): number {
  if (alike === null || usual === null || alike + negligible === 0) return 1;
  return (alike + negligible) / (usual + negligible);
}

/** How many days before a day the newest one lies that is not after the event's begin. */
function firstBefore(
  day: number,
  { begun, back }: { readonly begun: number; readonly back: number },
): number {
  const missing = Math.max(0, day - back - (begun - 1));
  return back + 7 * Math.ceil(missing / 7);
}

/** Mean use at a time of day some days ago and in the weeks before that; null where none is known. */
function meanUse(
  use: OrdinaryUse,
  local: number,
  daysAgo: number,
  weeks = COMPARED_WEEKS,
): number | null {
  const { values, startSeconds, stepSeconds } = use;
  const around = stepSeconds <= SHORT_STEP_SECONDS ? 1 : 0;
  let sum = 0;
  let count = 0;
  for (let week = 0; week < weeks; week++) {
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
