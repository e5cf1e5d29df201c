import { localSeconds } from '#core/domain/local-time.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import { likeText } from '#core/domain/settings/expect-settings.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import {
  expectedEvents,
  isAlike,
  type ExpectedEvent,
  type ExpectSettings,
} from './expected-events.ts';

/** What a decision has to know of the events that it looks ahead to. */
export interface EventsInForce {
  /** Instances that are held at least; 0 where no event asks for any. */
  readonly atLeast: number;
  /** Whether an event changes how much is used. */
  readonly changeUse: boolean;
  /** Each event in words, for example "sale, ×1.5 until 20:00". */
  readonly texts: readonly string[];
}

const NONE: EventsInForce = { atLeast: 0, changeUse: false, texts: [] };

/**
 * Events of an application in a range that are known at its begin.
 * @param range the steps that a decision looks ahead to.
 */
export function eventsInForce(
  settings: ExpectSettings,
  applicationId: string,
  range: TimeRange,
): EventsInForce {
  if (settings.expect.length === 0) return NONE;
  const of = { applicationId, knownAtSeconds: range.fromSeconds };
  const events = expectedEvents(settings, of, range);
  if (events.length === 0) return NONE;
  const timeZone = timeZoneOf(applicationId, settings.detection);
  return {
    atLeast: Math.max(0, ...events.map(({ atLeast }) => atLeast ?? 0)),
    changeUse: events.some((event) => event.times !== null || isAlike(event)),
    texts: events.map((event) => eventText(event, { timeZone, nowSeconds: range.fromSeconds })),
  };
}

/**
 * An event in words.
 * @param clock the time of day alone is said of today; null where every time has its date.
 */
export function eventText(
  event: ExpectedEvent,
  { timeZone, nowSeconds }: { readonly timeZone: string; readonly nowSeconds: number | null },
): string {
  const { name, times, atLeast, like, fromSeconds, toSeconds } = event;
  const today = nowSeconds === null ? 'never' : clockText(nowSeconds, timeZone).slice(0, 10);
  const shown = (atSeconds: number): string => {
    const text = clockText(atSeconds, timeZone);
    return text.startsWith(today) ? text.slice(11) : text;
  };
  const said = [
    ...(times === null ? [] : [`×${Number(times.toFixed(2))}`]),
    ...(isAlike(event) ? [`like ${likeText(like)}`] : []),
    ...(atLeast === null ? [] : [`at least ${atLeast}`]),
  ].join(', ');
  const from = nowSeconds === null || fromSeconds > nowSeconds ? `from ${shown(fromSeconds)} ` : '';
  return `${name}, ${said} ${from}until ${shown(toSeconds)}`;
}

/** Date and minute by the clock of a zone. */
function clockText(atSeconds: number, timeZone: string): string {
  const iso = new Date(localSeconds(atSeconds, timeZone) * 1000).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}
