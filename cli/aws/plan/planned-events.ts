import type { TimeRange } from '#core/domain/ports.ts';
import { timeZoneOf } from '#core/domain/settings/time-zone.ts';
import { eventText } from '#core/expectation/events-in-force.ts';
import { expectedEvents, type ExpectSettings } from '#core/expectation/expected-events.ts';

/** What a plan has to say of expected events of one group. */
export interface PlannedEvents {
  /** Events of the counted days, in words. */
  readonly counted: readonly string[];
  /** Names of the entries about this group that have no event in those days. */
  readonly outside: readonly string[];
}

/** @param counted the days that a plan counts. */
export function plannedEvents(
  settings: ExpectSettings,
  applicationId: string,
  counted: TimeRange,
): PlannedEvents {
  const timeZone = timeZoneOf(applicationId, settings.detection);
  const of = { applicationId, knownAtSeconds: counted.toSeconds };
  const about = settings.expect.map((entry) => ({
    entry,
    events: expectedEvents({ ...settings, expect: [entry] }, of, counted),
  }));
  return {
    counted: about.flatMap(({ events }) =>
      events.map((event) => eventText(event, { timeZone, nowSeconds: null })),
    ),
    outside: about.flatMap(({ entry: { name, applications }, events }) =>
      events.length === 0 && applications?.includes(applicationId) ? [name] : [],
    ),
  };
}
