import { perResource, type FootprintWindow } from '#core/domain/footprint.ts';
import type { HistoryStore, TimeRange } from '#core/domain/ports.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';
import { COMPARED_SECONDS, eventFactors, type EventFactors } from './event-factors.ts';
import { expectedEvents, type ExpectedEvent, type ExpectSettings } from './expected-events.ts';

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
  const begun = Math.min(fromSeconds, ...alike(events).map((event) => event.fromSeconds));
  const compared = isCompared(events) ? fromSeconds - begun + COMPARED_SECONDS : 0;
  const earlier = Math.ceil(compared / stepSeconds);
  const wide = { fromSeconds: fromSeconds - earlier * stepSeconds, toSeconds };
  const measured = await store.read(applicationId, wide, stepSeconds);
  return sliceWindow(
    usualWindow(measured, of.applicationId, settings),
    earlier,
    measured.values.cpu.length,
  );
}

/**
 * A window without what was expected of it. Events that are like another weekday are compared with
 * what the window itself has before them.
 */
export function usualWindow(
  measured: FootprintWindow,
  applicationId: string,
  settings: ExpectSettings,
): FootprintWindow {
  const { startSeconds, stepSeconds, values } = measured;
  const steps = values.cpu.length;
  const toSeconds = startSeconds + steps * stepSeconds;
  const range = { fromSeconds: startSeconds, toSeconds };
  const events = expectedEvents(settings, { applicationId, knownAtSeconds: toSeconds }, range);
  if (!changesUse(events)) return measured;
  const timeZone = timeZoneOf(applicationId, settings.detection);
  const grid = { startSeconds, stepSeconds, steps };
  const factors = eventFactors(events, grid, { measured, timeZone });
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
  if (!isCompared(events)) return eventFactors(events, grid, { measured: null, timeZone });
  const begun = Math.min(originSeconds, ...alike(events).map((event) => event.fromSeconds));
  const compared = Math.ceil((originSeconds - begun + COMPARED_SECONDS) / stepSeconds);
  const fromSeconds = originSeconds - compared * stepSeconds;
  const range = { fromSeconds, toSeconds: originSeconds };
  const measured = await store.read(applicationId, range, stepSeconds);
  const all = expectedEvents(settings, of, { fromSeconds, toSeconds });
  return eventFactors(all, grid, { measured, timeZone });
}

const changesUse = (events: readonly ExpectedEvent[]): boolean =>
  events.some(({ times, likeWeekday }) => times !== null || likeWeekday !== null);

const alike = (events: readonly ExpectedEvent[]): readonly ExpectedEvent[] =>
  events.filter(({ likeWeekday }) => likeWeekday !== null);

const isCompared = (events: readonly ExpectedEvent[]): boolean => alike(events).length > 0;
