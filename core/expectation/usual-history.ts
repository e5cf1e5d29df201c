import { perResource, type FootprintWindow } from '#core/domain/footprint.ts';
import type { HistoryStore, TimeRange } from '#core/domain/ports.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { COMPARED_SECONDS } from './compared-time.ts';
import { eventFactors, type EventFactors } from './event-factors.ts';
import {
  expectedEvents,
  isAlike,
  type ExpectedEvent,
  type ExpectSettings,
} from './expected-events.ts';
import { readPastDays } from './past-days.ts';

/**
 * A history as it would have been without what was expected of it: use during an event is divided
 * by the event's factor. Whatever learns reads this one, so that an event is not taken for a habit,
 * and forecasts are multiplied by the factors again. The very store where nothing is expected.
 */
export function usualHistory(store: HistoryStore, settings: ExpectSettings): HistoryStore {
  if (settings.expect.length === 0) return store;
  return {
    location: store.location,
    append: (batch) => store.append(batch),
    application: (applicationId) => store.application(applicationId),
    applications: () => store.applications(),
    read: async (applicationId, range, stepSeconds) =>
      (await readUsual(store, { applicationId, range, stepSeconds }, settings)) ??
      store.read(applicationId, range, stepSeconds),
  };
}

interface UsualRequest {
  readonly applicationId: string;
  readonly range: TimeRange;
  readonly stepSeconds: number;
}

/** A range without what was expected of it; null, and nothing is read, where nothing was. */
export async function readUsual(
  store: Pick<HistoryStore, 'read'>,
  { applicationId, range, stepSeconds }: UsualRequest,
  settings: ExpectSettings,
): Promise<FootprintWindow | null> {
  if (settings.expect.length === 0) return null;
  const { fromSeconds, toSeconds } = range;
  const of = { applicationId, knownAtSeconds: toSeconds };
  const events = expectedEvents(settings, of, range);
  if (!changesUse(events)) return null;
  const compared = fromSeconds - begunBefore(events, fromSeconds);
  const earlier = Math.ceil(compared / stepSeconds);
  const wide = { fromSeconds: fromSeconds - earlier * stepSeconds, toSeconds };
  const past = { applicationId, stepSeconds, toSeconds };
  const [measured, pastDays] = await Promise.all([
    store.read(applicationId, wide, stepSeconds),
    readPastDays(store, past, { events, timeZone: timeZoneOf(applicationId, settings.detection) }),
  ]);
  return sliceWindow(
    usualWindow(measured, of.applicationId, settings, pastDays),
    earlier,
    measured.values.cpu.length,
  );
}

/**
 * A window without what was expected of it. Events that are like another day are compared with what
 * the window itself has before them.
 * @param pastDays what was measured before past days that events are like, by day.
 */
export function usualWindow(
  measured: FootprintWindow,
  applicationId: string,
  settings: ExpectSettings,
  pastDays?: ReadonlyMap<number, FootprintWindow>,
): FootprintWindow {
  const { startSeconds, stepSeconds, values } = measured;
  const steps = values.cpu.length;
  const toSeconds = startSeconds + steps * stepSeconds;
  const of = { applicationId, knownAtSeconds: toSeconds };
  const events = expectedEvents(settings, of, { fromSeconds: startSeconds, toSeconds });
  if (!changesUse(events)) return measured;
  const starts = [...(pastDays ?? [])].map(([, past]) => past.startSeconds);
  const all = expectedEvents(settings, of, {
    fromSeconds: Math.min(startSeconds, ...starts),
    toSeconds,
  });
  const timeZone = timeZoneOf(applicationId, settings.detection);
  const grid = { startSeconds, stepSeconds, steps };
  const before = { measured, ...(pastDays && { pastDays }), timeZone };
  const factors = eventFactors(all, grid, before);
  return {
    startSeconds,
    stepSeconds,
    values: perResource((resource) =>
      values[resource].map((value, k) => value / factors[resource][k]),
    ),
  };
}

export interface AheadRequest {
  readonly applicationId: string;
  readonly originSeconds: number;
  readonly stepSeconds: number;
  /** Steps ahead of the origin. */
  readonly steps: number;
}

/** Factors of the steps ahead; null where no event changes the use in them. */
export async function factorsAhead(
  store: Pick<HistoryStore, 'read'>,
  { applicationId, originSeconds, stepSeconds, steps }: AheadRequest,
  settings: ExpectSettings,
): Promise<EventFactors | null> {
  if (settings.expect.length === 0) return null;
  const toSeconds = originSeconds + steps * stepSeconds;
  const of = { applicationId, knownAtSeconds: originSeconds };
  const events = expectedEvents(settings, of, { fromSeconds: originSeconds, toSeconds });
  if (!changesUse(events)) return null;
  const timeZone = timeZoneOf(applicationId, settings.detection);
  const grid = { startSeconds: originSeconds, stepSeconds, steps };
  if (!events.some(isAlike)) return eventFactors(events, grid, { measured: null, timeZone });
  const compared = originSeconds - begunBefore(events, originSeconds);
  const fromSeconds = originSeconds - Math.ceil(compared / stepSeconds) * stepSeconds;
  const past = { applicationId, stepSeconds, toSeconds: originSeconds };
  const [measured, pastDays] = await Promise.all([
    compared > 0
      ? store.read(applicationId, { fromSeconds, toSeconds: originSeconds }, stepSeconds)
      : null,
    readPastDays(store, past, { events, timeZone }),
  ]);
  const starts = [...pastDays.values()].map(({ startSeconds }) => startSeconds);
  const begun = Math.min(fromSeconds, ...starts);
  const all = expectedEvents(settings, of, { fromSeconds: begun, toSeconds });
  return eventFactors(all, grid, { measured, pastDays, timeZone });
}

/** From when on use has to be known for events that are like another weekday. */
function begunBefore(events: readonly ExpectedEvent[], fromSeconds: number): number {
  const begins = events.flatMap((event) => (event.like.weekday === null ? [] : event.fromSeconds));
  return begins.length === 0 ? fromSeconds : Math.min(fromSeconds, ...begins) - COMPARED_SECONDS;
}

const changesUse = (events: readonly ExpectedEvent[]): boolean =>
  events.some((event) => event.times !== null || isAlike(event));
